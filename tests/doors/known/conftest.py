"""Zoe, as the tests of erasing know her."""

from tests.interactions.erasing.conftest import erased, home, lived_in

__all__ = ["erased", "home", "lived_in"]
