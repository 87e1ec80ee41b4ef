"""Measurements, each reproducible by one command. Nothing here is part of the product."""
