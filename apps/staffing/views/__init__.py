"""Pages of staffing."""
