"""Organizations: the list, one of them with who knows whom, correcting and joining."""
