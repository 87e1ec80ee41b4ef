"""in: people, programs and time asking · out: the rooms' answers as pages, JSON, terminal lines, and rounds of work."""
