"""Pages of proposals: what is proposed, proposing, deciding."""
