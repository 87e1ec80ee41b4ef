"""The API is asked what its own description allows, and what it does not, at a house that really runs."""
