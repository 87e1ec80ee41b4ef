"""Erasing one person at their request. in: a person, and files read in later · out: nothing of them, also later."""
