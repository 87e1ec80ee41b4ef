"""The shared corpora measured: what other programs expect of a file, beside what we read in it."""
