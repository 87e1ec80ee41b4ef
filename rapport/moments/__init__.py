"""in: how things stand and what was said last · out: moments, each with its reason, its evidence and a best-before."""
