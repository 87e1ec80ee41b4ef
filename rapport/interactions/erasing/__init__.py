"""Erasing one person at their request: what goes, what stays of what others took part in, and that it stays so."""
