"""Lists written at once are read as what psycopg itself writes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from uuid import RFC_4122, UUID

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg.types.array import ListDumper

from rapport.kit.ids import new_id
from rapport.kit.postgres import Addresses
from rapport.kit.postgres.arrays import PlainListDumper


@pytest.fixture(scope="module")
def bare(addresses: Addresses) -> Iterator[psycopg.Connection[Any]]:
    """A connection that is nobody else's."""
    with psycopg.connect(addresses.app, autocommit=True) as connection:
        yield connection


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))


@given(
    st.one_of(
        st.lists(TEXTS | st.none()),
        st.lists(st.sampled_from(["", "NULL", "null", '"', "\\", "{a,b}", " ", "\N{EM SPACE}", "a\nb", "a'b"])),
        st.lists(st.uuids() | st.none()),
        st.lists(st.integers(-(2**62), 2**62)),
        st.lists(st.binary() | st.none()),
        st.lists(st.dates()),
        st.lists(st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=-3, minutes=-30))]))),
    )
)
def test_a_list_is_written_as_psycopg_writes_it(bare: psycopg.Connection[Any], some: list[Any]) -> None:
    kind = next((type(one) for one in some if one is not None), str)
    sql = f"SELECT %s::{_ARRAYS[kind]}[]"
    answers = []
    for dumper in (ListDumper, PlainListDumper):
        cursor = bare.cursor()
        cursor.adapters.register_dumper(list, dumper)
        answers.append(cursor.execute(sql.encode(), [some]).fetchone())
    assert answers[0] == answers[1] == (some,)


_ARRAYS = {str: "text", UUID: "uuid", int: "bigint", bytes: "bytea", date: "date", datetime: "timestamptz"}


def test_lists_of_lists_and_of_several_kinds_are_left_to_psycopg(bare: psycopg.Connection[Any]) -> None:
    cursor = bare.cursor()
    cursor.adapters.register_dumper(list, PlainListDumper)
    assert cursor.execute("SELECT %s::int[]", [[[1, 2], [3, 4]]]).fetchone() == ([[1, 2], [3, 4]],)
    with pytest.raises(psycopg.DataError):
        cursor.execute("SELECT %s::text[]", [["a", 1]])


def test_a_nul_is_refused_before_it_is_sent(bare: psycopg.Connection[Any]) -> None:
    cursor = bare.cursor()
    cursor.adapters.register_dumper(list, PlainListDumper)
    with pytest.raises(psycopg.DataError):
        cursor.execute("SELECT %s::text[]", [["a\x00b"]])


def test_identifiers_are_ordered_unlike_and_of_version_seven() -> None:
    made = [new_id() for _ in range(20_000)]
    assert made == sorted(made)
    assert len({one.int & (2**62 - 1) for one in made}) == len(made)
    assert {(one.version, one.variant) for one in made} == {(7, RFC_4122)}
    told = datetime.fromtimestamp((made[0].int >> 80) / 1000, UTC)
    assert abs(told - datetime.now(UTC)) < timedelta(minutes=1)
