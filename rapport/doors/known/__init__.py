"""in: rows of every room about one person · out: one value of all of it, that a page, a file and programs give out."""
