"""Identifiers: of version 7, each behind the one before, one at a time or many."""

from __future__ import annotations

import pickle
import time
from uuid import UUID

import pytest

from rapport.kit.ids import new_id, new_ids


@pytest.mark.parametrize("count", [0, 1, 5_000])
def test_each_comes_behind_the_one_before(count: int) -> None:
    made = [new_id(), *new_ids(count), new_id()]
    assert len(made) == len(set(made)) == count + 2
    assert made == sorted(made)


def test_they_are_of_version_seven_and_say_when_they_were_made() -> None:
    before = time.time_ns() // 1_000_000
    for one in (new_id(), *new_ids(3)):
        assert (one.version, one.variant) == (7, "specified in RFC 4122")
        assert before - 1 <= one.int >> 80 <= time.time_ns() // 1_000_000 + 10


def test_they_are_like_any_other() -> None:
    one = new_ids(1)[0]
    assert one == UUID(str(one)) == pickle.loads(pickle.dumps(one))
    assert repr(one) == repr(UUID(str(one)))
