"""Today: the queue, one person in focus, what is done about them, and why these."""
