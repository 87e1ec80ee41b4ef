"""People and meetings as files."""
