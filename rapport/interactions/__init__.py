"""in: sightings and people · out: interactions with participants, threads and messages, each once."""
