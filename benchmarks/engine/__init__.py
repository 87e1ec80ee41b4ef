"""Training and judging the engine on public interaction logs."""
