"""Who changes employer in the village is at one place, the new one; where they were has its end."""

from __future__ import annotations

import re
from pathlib import Path
from uuid import UUID

import pytest

from rapport.accounts.acting import By
from rapport.interactions.imports import GivenFile, run_import, start_import
from rapport.people.domains import organization_domain
from rapport.people.models import Affiliation, Handle
from rapport.relationships.refresh import read_on

from .conftest import Raised

pytestmark = pytest.mark.django_db


def _movers(cards: bytes) -> dict[str, str]:
    """Of each card with two work addresses: the new one, and the one left behind."""
    written = [re.findall(r"EMAIL[^:]*:(\S+)", card) for card in cards.decode().split("END:VCARD")]
    return {found[0]: found[1] for found in written if len(found) == 2}


def test_movers_are_where_they_went(raised: Raised, by: By, tmp_path: Path) -> None:
    cards = raised.path("vcf").read_bytes()
    movers = _movers(cards)
    theirs = {*movers, *movers.values()}
    letters = {one.id: one.raw for one in raised.every_mail if one.is_personal and one.sender in theirs}
    assert len(movers) > 5
    mails = [GivenFile(f"{key}.eml", [raw]) for key, raw in letters.items()]
    for files in ([GivenFile("people.vcf", [cards])], mails):  # as the sample is read: the address book first
        run = start_import(by, files, tmp_path).import_id
        assert run_import(by.viewer.workspace_id, run, tmp_path, read_on)
    for new, old in movers.items():
        person_id: UUID = Handle.objects.get(value=new).person_id
        assert Handle.objects.get(value=old).person_id == person_id
        places = Affiliation.objects.filter(person_id=person_id).select_related("organization")
        now_at = [one.organization.domain for one in places if one.until is None]
        assert now_at == [organization_domain(new)], (new, old)
        assert {one.organization.domain for one in places if one.until} <= {organization_domain(old)}
