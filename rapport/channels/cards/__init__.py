"""in: vCard files. out: one card for each person in them."""
