"""How fast the API answers with a hundred thousand people and a million interactions in the database."""
