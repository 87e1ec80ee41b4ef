"""Find or do: people first, then what can be done."""
