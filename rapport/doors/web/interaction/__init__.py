"""One interaction as evidence, and the formatted mail in its frame."""
