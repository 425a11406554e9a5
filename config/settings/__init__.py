"""One module per place the product runs in: local, test, production; `base` holds what they share."""
