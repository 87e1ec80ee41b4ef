"""What is known, as files that other programs read: people as tables and cards, meetings as calendars."""
