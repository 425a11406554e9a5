"""What the rules make of a county's villages: read, judged and returned as plain values."""
