"""Import: giving files, watching them being read, and what was set aside."""
