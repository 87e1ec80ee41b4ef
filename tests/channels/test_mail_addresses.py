"""Address headers in all the ways programs have written them."""

from __future__ import annotations

import time

import pytest

from rapport.channels.mail.addresses import read_addresses


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("Ana <Ana@Larkwood.ORG>", [("ana@larkwood.org", "Ana")]),
        ("ana@larkwood.org (Ana Lopez)", [("ana@larkwood.org", "Ana Lopez")]),
        ('"Lopez, Ana" <ana@x.org>, bo@y.org', [("ana@x.org", "Lopez, Ana"), ("bo@y.org", "")]),
        ("=?iso-8859-1?q?J=F6rg,_M?= <j@x.de>", [("j@x.de", "Jörg, M")]),
        ("=?utf-8?b?w6Q=?= =?utf-8?b?w7Y=?= <a@x.de>", [("a@x.de", "äö")]),
        ("team: a@x.org, B <b@x.org>;", [("a@x.org", ""), ("b@x.org", "B")]),
        ("undisclosed-recipients:;", []),
        ("Bo <bo@xn--mnchen-3ya.de>", [("bo@münchen.de", "Bo")]),
        ("/G=Jo/S=Do/O=x/@gateway.com", []),
        ("'x@y.org' <x@y.org>", [("x@y.org", "")]),
        ("<@relay.org,@other.org:joe@c.org>", [("joe@c.org", "")]),
        ("Jo <jo@x.org", [("jo@x.org", "Jo")]),
        ("Foo [foo@bar.com]", [("foo@bar.com", "")]),
        ('"joe q"@x.org', [('"joe q"@x.org', "")]),
        ("Ana Lopez ana@x.org", [("ana@x.org", "Ana Lopez")]),
        ("ana @ x. org", [("ana@x.org", "")]),
        ("ana at x.org (Ana Lopez)", [("ana@x.org", "Ana Lopez")]),
        ("ana at mail dot x dot org, bo [at] y.org", [("ana@mail.x.org", ""), ("bo@y.org", "")]),
        ("ana (at) x.org", [("ana@x.org", "")]),
        ("nobody at all", []),
        ("We are at home today", []),
        ("Ana at Larkwood", []),
        ("meet at 10.30", []),
        ("Look at this. Now", []),
        ("", []),
    ],
)
def test_an_address_header_gives_its_mailboxes(header: str, found: list[tuple[str, str]]) -> None:
    assert [(one.value, one.name) for one in read_addresses(header)] == found


@pytest.mark.parametrize(
    "junk",
    [
        "a" + " " * 90_000 + "b",
        ";" * 20_000,
        "(" * 50_000,
        '"' * 50_001,
        "<" * 50_000,
        "a@b.c, " * 100_000,
        " at " * 50_000,
    ],
)
def test_a_hostile_header_costs_little(junk: str) -> None:
    began = time.perf_counter()
    assert len(read_addresses(junk)) <= 2_000
    assert time.perf_counter() - began < 2
