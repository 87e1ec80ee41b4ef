"""in: iCalendar files. out: one sighting for each time people meet."""
