"""The shared corpora measured: files beside what other programs expect of them; names, numbers, strings and orders."""
