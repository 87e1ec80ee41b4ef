"""in: cards, addresses, edits by hand · out: one person for life, with handles, affiliations and facts."""
