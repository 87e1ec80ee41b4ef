"""One person: who they are, how things stand and why, what happened, what we know; and changing it."""
