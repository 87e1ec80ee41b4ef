"""in: interactions between two people; out: how things stand between them, and why."""
