"""What we know about one person: everything, by source, as a value that a page, a file and the API give out."""
