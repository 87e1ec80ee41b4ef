"""What we know about a person, what they asked of us, and that they are erased: as pages."""
