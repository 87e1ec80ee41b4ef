"""One rule a file, one question each."""
