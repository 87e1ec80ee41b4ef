"""in: who signs in, what they ask for · out: who may do what, and the journal of who did it."""
