"""in: a house · out: what keeps it: one backup file, a restored home, findings, and how it does."""
