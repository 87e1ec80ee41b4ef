"""Lists and desks are known by how they are written; whoever signs with a human's name is a human all the same."""

from __future__ import annotations

import pytest

from rapport.people.naming import display_name
from rapport.people.shared_addresses import Evidence, names_a_human, reaches_a_human, shared_by, signed_name


@pytest.mark.parametrize(
    ("address", "shared"),
    [
        ("gcc@gcc.gnu.org", "list"),
        ("debian-mips@lists.debian.org", "list"),
        ("linux-kernel@vger.kernel.org", "list"),
        ("sibyte-users@bitmover.com", "list"),
        ("bug-gnu-utils@gnu.org", "list"),
        ("rota@groups.io", "list"),
        ("info@bakery.example", "desk"),
        ("sales-emea@firm.example", "desk"),
        ("support.uk@firm.example", "desk"),
        ("uclibc@uclibc.org", "namesake"),
        ("mail@annaberg.example", "namesake"),
        ("ana@larkwood.org", ""),
        ("ivan@list.ru", ""),
        ("friedrich.list@uni.example", ""),
        ("kapil.dev@firm.example", ""),
        ("anna.sales@firm.example", ""),
        ("infomaniak@firm.example", ""),
    ],
)
def test_what_an_address_says_of_itself(address: str, shared: str) -> None:
    assert shared_by(address) == shared


@pytest.mark.parametrize(
    ("written", "address", "is_human"),
    [
        ("Anna Berg", "info@bakery.example", True),
        ("Anna Berg", "info@annaberg.example", True),
        ("Anna", "info@bakery.example", True),
        ("장진화", "info@bakery.example", True),
        ("Bakery", "info@bakery.example", False),
        ("Clownfish Internet", "support@clownfishltd.com", False),
        ("Anna Berg via Rota", "rota@lists.example", False),
        ("Linux Kernel Development", "linux-kernel@vger.kernel.org", False),
        ("PHP Automoderator", "devnull@php.net", False),
        ("", "info@bakery.example", False),
        ("Praxis Dr. Weber", "info@weber.example", False),
    ],
)
def test_a_name_that_can_be_a_humans(written: str, address: str, is_human: bool) -> None:
    assert names_a_human(written, address) is is_human


def test_a_list_is_a_human_only_when_named_and_writing_and_a_desk_when_named() -> None:
    nothing, named, both = Evidence(), Evidence(is_named=True), Evidence(is_named=True, has_written=True)
    assert [reaches_a_human("list", one) for one in (nothing, named, both)] == [False, False, True]
    assert [reaches_a_human("desk", one) for one in (nothing, named, both)] == [False, True, True]
    assert reaches_a_human("namesake", Evidence(has_written=True))
    assert reaches_a_human("", nothing)
    assert not reaches_a_human("", Evidence(is_list=True))


def test_the_name_a_signature_begins_with() -> None:
    assert signed_name("Giacomo Di Ciocco\nnectarine") == "Giacomo Di Ciocco"
    assert signed_name("The Plum.example team") == ""
    assert signed_name("---------------------") == ""
    assert signed_name("Thanks!") == ""


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("??(zhufeng)", "zhufeng"),
        ("Liu Hongming (Alan)", "Liu Hongming (Alan)"),
        ("(Ana)", "Ana"),
        ("'Kim [mobile]'", "Kim [mobile]"),
        ("Ana>", "Ana"),
        ("???", ""),
    ],
)
def test_a_name_is_freed_of_what_is_around_it_and_kept_whole(written: str, name: str) -> None:
    assert display_name(written) == name
