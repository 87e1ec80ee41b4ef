"""The tables in docs/host/security.md, asked of the house line by line: what is written there is what is so."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from rapport.accounts.access import RIGHTS
from rapport.accounts.rows import enter
from rapport.doors.operations.catalogue import call
from rapport.kit.trouble import Trouble

from .asking import Asker, Question
from .cast import INSIDE, NAMES, STAFF, Cast
from .routes import ABOUT_PERSON

PAGE = Path(__file__).resolve().parents[2] / "docs" / "host" / "security.md"


def _table(heading: str) -> list[list[str]]:
    """The rows of the first table below a heading, its head first."""
    section = PAGE.read_text().partition(f"\n## {heading}\n")[2]
    lines = [line for line in section.split("\n## ")[0].splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [cells[0], *cells[2:]]


def test_what_a_role_may_do_is_written_as_it_is() -> None:
    head, *rows = _table("What a role may do")
    said = {row[0]: {right for right, cell in zip(head[1:], row[1:], strict=True) if cell == "yes"} for row in rows}
    assert said == {str(role): set(rights) for role, rights in RIGHTS.items()}


def _asks(cast: Cast, who: str, name: str, **given: Any) -> Any:
    enter(cast.workspaces["here"])
    return call(name, cast.viewers[who], "api", given)


def _thing(cast: Cast, kind: str, state: str) -> dict[str, str]:
    ids = next(one for one in cast.of(kind) if one.state == state).ids
    return {name: id_ for name, id_ in ids.items() if name.endswith("_id")}


def _person(cast: Cast, who: str, state: str) -> Any:
    return _asks(cast, who, "people.get", **_thing(cast, "person", state))


def _knows_of(cast: Cast, who: str) -> bool:
    return bool(_person(cast, who, "not met by the guest").name)


def _met(cast: Cast, who: str) -> bool:
    return bool(_person(cast, who, "met by all").name)


def _details(cast: Cast, who: str) -> bool:
    told = _person(cast, who, "met by all")
    return bool(told.handles and told.facts and told.tags)


def _what_others_did(cast: Cast, who: str) -> bool:
    return bool(_asks(cast, who, "interactions.get", **_thing(cast, "interaction", "of a colleague alone")).id)


def _words(cast: Cast, who: str, state: str) -> bool:
    told = _asks(cast, who, "interactions.get", **_thing(cast, "words", state))
    return "Words of" in told.model_dump_json()


def _bytes(cast: Cast, who: str, state: str) -> bool:
    return bool(_asks(cast, who, "interactions.raw", **_thing(cast, "bytes", state)).body)


def _notes(cast: Cast, who: str) -> bool:
    told = _asks(cast, who, "people.timeline", **_thing(cast, "person", "met by all"))
    return "Mornings." in told.model_dump_json()


def _stands(cast: Cast, who: str) -> bool:
    return bool(_asks(cast, who, "people.why", **_thing(cast, "person", "met by all")).explanation)


def _colleague_stands(cast: Cast, who: str) -> bool:
    met = next(one for one in cast.of("person") if one.state == "met by all")
    page = Asker(cast, who).by_session(Question("GET /people/<uuid:person_id>", ABOUT_PERSON, who, met))
    return "Who else knows" in page.text


def _imports(cast: Cast, who: str) -> bool:
    return bool(_asks(cast, who, "imports.list").rows)


def _known(cast: Cast, who: str) -> bool:
    return bool(_asks(cast, who, "people.known", **_thing(cast, "person", "met by all")).sections)


def _known_whole(cast: Cast, who: str) -> bool:
    point = transaction.savepoint()
    try:
        asked = {**_thing(cast, "person", "met by all"), "why": "her letter"}
        return bool(_asks(cast, who, "people.known-whole", **asked).is_whole)
    finally:
        transaction.savepoint_rollback(point)


def _changes_of_others(cast: Cast, who: str) -> bool:
    rows = _asks(cast, who, "journal.list").rows
    return any(one.by != NAMES[who] for one in rows)


Probe = Callable[[Cast, str], bool]
# By line of the table: what is looked at, and for each column who must find it. Whose own it is stands in the state.
PROBES: dict[str, list[tuple[Probe, frozenset[str]]]] = {
    "who people are, where they are now and as what": [(_met, INSIDE), (_knows_of, STAFF)],
    "their addresses, facts, birthdays, tags, path": [(_details, STAFF)],
    "that, when and with whom something happened": [(_what_others_did, STAFF)],
    "the words of a mail, meeting or call": [
        (lambda cast, who: _words(cast, who, "with all in it"), frozenset({"owner", "member", "guest"})),
        (lambda cast, who: _words(cast, who, "of a colleague alone"), frozenset({"member"})),
    ],
    "its bytes as they came, and the files attached": [
        (lambda cast, who: _bytes(cast, who, "with all in it, by the owner's import"), frozenset({"owner"})),
        (lambda cast, who: _bytes(cast, who, "of a colleague alone"), frozenset({"member"})),
    ],
    "notes on a person, also those on imported cards and in tables": [(_notes, STAFF)],
    "how they themselves stand with somebody, and why": [(_stands, INSIDE)],
    "how a colleague stands with somebody": [(_colleague_stands, STAFF)],
    "what we know about somebody, as page and file": [(_known, STAFF)],
    "the whole file, for the person's own request": [(_known_whole, frozenset({"owner"}))],
    "imports, what was set aside": [(_imports, STAFF)],
    "the journal of changes": [(_changes_of_others, STAFF)],
}
ELSEWHERE = {"Today": "everybody's own, in tests/rights/routes.py: about a suggestion"}
SAID = {  # what the words of a cell say about who finds what the line's last probe looks for
    "all of the workspace": True, "yes": True, "no": False, "none": False, "their own only": False, "their own": None,
    "home people, and whom they were in touch with": False, "what they took part in": False,
    "where they took part or own it": None, "their own copy": None, "their own, without birthdays and facts": None,
    "what they may read of it": True, "owners, who say whose request it is": False,
}  # fmt: skip


def test_every_line_is_looked_at() -> None:
    _head, *rows = _table("Who can read what")
    assert {row[0] for row in rows} == PROBES.keys() | ELSEWHERE.keys()
    assert {cell for row in rows for cell in row[1:]} <= SAID.keys()


@pytest.mark.parametrize("line", PROBES)
def test_who_finds_it(cast: Cast, line: str) -> None:
    for probe, finders in PROBES[line]:
        found = {who for who in INSIDE if _finds(probe, cast, who)}
        assert found == finders
    _head, *rows = _table("Who can read what")
    (row,) = (row for row in rows if row[0] == line)
    guest, others = (SAID[cell] for cell in row[1:])
    last = PROBES[line][-1][1]
    assert guest is None or guest == ("guest" in last), "the column of guests says otherwise"
    assert others is None or others == (last >= STAFF), "the column of members says otherwise"


def _finds(probe: Probe, cast: Cast, who: str) -> bool:
    try:
        return probe(cast, who)
    except Trouble:
        return False


def test_nothing_is_said_of_roles_that_are_not_there() -> None:
    head = _table("Who can read what")[0]
    assert set(re.findall(r"\w+", " ".join(head))) == set(RIGHTS)
