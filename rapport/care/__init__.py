"""in: moments and standings · out: what each of us does today, and what came of it."""
