"""People: the list with its filters, and adding one person."""
