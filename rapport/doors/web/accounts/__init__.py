"""What signing in, one's own settings and the team ask of the tables of accounts; no request is known here."""
