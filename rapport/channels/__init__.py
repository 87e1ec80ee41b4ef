"""in: files and bytes from the world outside. out: sightings and cards, values that know of no database."""
