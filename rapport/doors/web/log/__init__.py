"""Logging what happened: one sentence, what was understood from it, and keeping it."""
