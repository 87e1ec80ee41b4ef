"""Asking a route as somebody about something, and what the answer must be."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from rapport.accounts.access import CONFIRMED, RIGHTS
from rapport.doors.operations.catalogue import Operation
from rapport.kit.ids import new_id
from tests.conftest import signed_in

from .cast import MANAGING, NAMES, ROLE_OF, Cast, Thing
from .routes import Route

# Sessions, counted guesses and when a key was last used are not facts about anybody.
PASSING = ("django_session", "usersessions_usersession", "sign_in_attempt", "django_migrations")
WITHOUT_RIGHT = 403
SUCCESS = {200, 201, 202, 303}
READ_BY_SOME = {"words", "bytes", "piece", "rows"}  # that they are there is seen by more than may read them


@dataclass(frozen=True)
class Question:
    """A route, somebody, and something."""

    route: str  # "POST /people/<uuid:person_id>/edit"
    asks: Route
    who: str
    thing: Thing | None

    def __str__(self) -> str:
        return f"{self.route} as {self.who}" + (f" about {self.thing}" if self.thing else "")

    @property
    def is_changing(self) -> bool:
        """Whether the route may change something."""
        return not self.route.startswith("GET")

    @property
    def is_seen(self) -> bool:
        """Whether the thing is there for whoever asks."""
        return (
            self.asks.asks == "nothing"
            or self.thing is None
            or not self.thing.seen_by.isdisjoint({self.as_member, self.who})
        )

    @property
    def as_member(self) -> str:
        """A key that may less sees what its owner sees."""
        return "owner" if self.who in ("reader", "writer") else self.who

    @property
    def is_allowed(self) -> bool:
        """Whether they may do such a thing at all, and with this one."""
        if self.asks.asks in ("nothing", "session", "membership"):
            return True
        if self.as_member not in ROLE_OF or ROLE_OF[self.as_member] not in self.asks.only:
            return False
        if self.who == "reader" and self.asks.asks != "read":
            return False
        if self.who == "writer" and self.asks.asks in CONFIRMED:
            return False
        if self.asks.asks not in RIGHTS[ROLE_OF[self.as_member]]:
            return False
        if self.who == "writer" and self.thing is not None and self._only_by_managing(self.thing):
            return False
        closes = self.thing is not None and (self.is_changing or self.thing.kind in READ_BY_SOME)
        return not (closes and self.is_seen) or self.as_member in self.thing.open_to  # type: ignore[union-attr]

    def _only_by_managing(self, thing: Thing) -> bool:
        """Whether it is a colleague's own, and open to who manages alone."""
        return self.is_changing and "the member's" in thing.state and thing.open_to == MANAGING | {"member"}

    @property
    def expected(self) -> set[int]:
        """Which answers are right. Where neither right nor thing is there, either may be said."""
        refusals = (set() if self.is_seen else {self.asks.absent}) | (set() if self.is_allowed else {WITHOUT_RIGHT})
        if refusals:
            return refusals
        state = self.thing.state if self.thing else ""
        return SUCCESS | {said for one, (said, _why) in self.asks.may_be.items() if one in ("", state)}


def logical_hash(cast: Cast) -> dict[str, str]:
    """By table, a hash of all its rows in both workspaces; the present one is left as it was."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('rapport.workspace', true)")
        before = cursor.fetchone()[0] or ""
        found: dict[str, str] = {}
        for name, one in cast.workspaces.items():
            cursor.execute("SELECT set_config('rapport.workspace', %s, true)", [str(one)])
            cursor.execute(_hashing())
            found |= {f"{table} {name}": told for table, told in cursor.fetchall()}
        cursor.execute("SELECT set_config('rapport.workspace', %s, true)", [before])
    return found


_sql: list[str] = []


def _hashing() -> str:
    """One statement over all tables, made from the database's catalogue: a new table is in it."""
    if not _sql:
        parts = [
            f"SELECT '{name}', md5(coalesce(string_agg(h, '' ORDER BY h), '')) FROM"
            f" (SELECT md5((to_jsonb(t) - 'last_used_at')::text) h FROM \"{name}\" t) x"
            for name in connection.introspection.table_names()
            if name not in PASSING
        ]
        _sql.append(" UNION ALL ".join(parts))
    return _sql[0]


class Asker:
    """Asks as one of the cast. What succeeds is taken back; what is refused, and every look, stays as it was left."""

    def __init__(self, cast: Cast, who: str) -> None:
        self.cast, self.who = cast, who
        client = signed_in(cast.users[who]) if who in cast.users else Client()
        self.session = client.cookies.get(settings.SESSION_COOKIE_NAME)

    def by_session(self, question: Question) -> Any:
        """What a page answers."""
        client = Client(raise_request_exception=False)
        if self.session is not None:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.session.value
        method, _space, path = question.route.partition(" ")
        address, form = filled(path, question), filled(dict(question.asks.form), question)
        return self._kept(question, lambda: client.get(address) if method == "GET" else client.post(address, form))

    def by_method(self, method: str, pattern: str) -> int:
        """What any method is answered at an address."""
        client = Client(raise_request_exception=False)
        client.cookies[settings.SESSION_COOKIE_NAME] = self.session.value if self.session else ""
        address = re.sub(r"<(\w+):\w+>", lambda found: {"uuid": str(new_id()), "int": "1"}.get(found[1], "x"), pattern)
        return int(client.generic(method, address).status_code)

    def by_key(self, question: Question, operation: Operation, address: str = "10.0.0.1") -> Any:
        """What the API answers."""
        key = self.cast.keys.get(self.who, "")
        sent: dict[str, Any] = {"headers": {"Authorization": f"Bearer {key}"}, "REMOTE_ADDR": address}
        said = filled(dict(question.asks.form), question)
        if operation.method in ("GET", "DELETE"):
            sent["query_params"] = said
        elif operation.carries == "files":
            sent["data"] = {"files": BytesIO(b"From: a@b.example\r\n\r\nHello")}
        else:
            sent |= {"data": said, "content_type": "application/json"}
        ask = getattr(Client(raise_request_exception=False), operation.method.lower())
        path = "/api/v1" + filled(re.sub(r"{(\w+)}", self._own_name(operation), operation.path), question)
        return self._kept(question, lambda: ask(path, **sent))

    def _own_name(self, operation: Operation) -> Callable[[re.Match[str]], str]:
        """A note is an interaction at that door, and has a name of its own in the cast."""
        return lambda found: "{note_id}" if operation.name == "people.remove-note" else found[0]

    def _kept(self, question: Question, ask: Callable[[], Any]) -> Any:
        point = transaction.savepoint()
        answer = ask()
        done = question.is_changing and answer.status_code in SUCCESS and question.expected >= SUCCESS
        (transaction.savepoint_rollback if done else transaction.savepoint_commit)(point)
        return answer


def filled(text: Any, question: Question) -> Any:
    """An address, or what is sent, with the ids of the thing in it."""
    if isinstance(text, dict):
        return {name: filled(value, question) for name, value in text.items()}
    if isinstance(text, list):
        return [filled(one, question) for one in text]
    if not isinstance(text, str):
        return text
    ids = {
        "name": NAMES.get(question.who, ""),
        "kind": "do-not-score",
        "place": "0",
        **(question.thing.ids if question.thing else {}),
    }
    text = re.sub(r"<\w+:(\w+)>", lambda found: ids.get(found[1], "partner"), text)
    return re.sub(r"{(\w+)}", lambda found: ids.get(found[1], str(new_id())), text)
