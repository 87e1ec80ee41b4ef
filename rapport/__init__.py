"""Rapport: how strong every relationship is, why, and whom to care for today."""

__version__ = "0.1.0"
