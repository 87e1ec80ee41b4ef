"""in: a house · out: Rapport running in it, with its database, its web server and its worker."""
