"""Circles are looked for seldom while somebody works in batches, and as before once the last of them has ended."""

from __future__ import annotations

import gc
from contextlib import ExitStack

from rapport.kit.collecting import SELDOM, seldom_collected


def test_as_before_once_the_last_has_ended() -> None:
    before = gc.get_threshold()
    first, second = ExitStack(), ExitStack()
    first.enter_context(seldom_collected())
    second.enter_context(seldom_collected())
    assert gc.get_threshold() == SELDOM != before
    first.close()
    assert gc.get_threshold() == SELDOM
    second.close()
    assert gc.get_threshold() == before
