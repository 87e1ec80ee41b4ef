"""Whatever the day, Maya has a good one: someone asked, someone is quiet, someone has a birthday, someone is new."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from rapport.village import Scene, Village, raise_village
from tests.village.conftest import NOW, Mail, Raised, read_mailbox

MAYA = "maya@fernhill.example"
DAYS = [
    datetime(2024, 2, 29, 23, 59, tzinfo=UTC),
    datetime(2027, 1, 2, 8, tzinfo=UTC),
    datetime(2026, 11, 23, 7, tzinfo=UTC),
]


def of(village: Village, kind: str, owner: str = MAYA) -> set[str]:
    return {scene.email for scene in village.scenes if scene.kind == kind and scene.owner == owner}


def open_questions(mails: list[Mail], owner: str, now: datetime) -> set[str]:
    """Who asked the owner something in the last three weeks and was last to write between the two."""
    last: dict[str, Mail] = {}
    for mail in filter(lambda one: one.is_personal, mails):
        others = mail.addresses("To") if mail.sender == owner else [mail.sender]
        last.update({other: mail for other in others if not other.endswith("@fernhill.example")})
    recent = {other: mail for other, mail in last.items() if mail.at > now - timedelta(days=21)}
    return {o for o, mail in recent.items() if mail.sender == o and any(mark in mail.words for mark in "?？؟")}


def test_maya_has_six_people_to_care_for(raised: Raised) -> None:
    mine = [scene for scene in raised.village.scenes if scene.owner == MAYA]
    kinds = sorted(scene.kind for scene in mine)
    assert kinds == ["birthday", "first", "question", "question", "silence", "silence"]
    assert Scene("silence", MAYA, "grace.oneill@harrowhospice.example") in mine


@pytest.mark.parametrize("now", DAYS, ids=lambda now: f"{now:%Y-%m-%d}")
def test_exactly_those_who_asked_wait_for_maya(now: datetime, tmp_path: Path) -> None:
    village = raise_village(tmp_path, now, scale=0.2)
    assert open_questions(read_mailbox(tmp_path / "maya.mbox"), MAYA, now) == of(village, "question")


def test_each_of_the_others_has_someone_waiting(raised: Raised) -> None:
    for colleague in raised.village.colleagues:
        waiting = of(raised.village, "question", colleague.email)
        assert waiting
        assert waiting <= open_questions(raised.mail[colleague.email], colleague.email, NOW)


def test_the_quiet_ones_have_been_quiet_for_longer_than_ever_usual(raised: Raised) -> None:
    days: dict[str, set[int]] = defaultdict(set)
    for mail in filter(lambda one: one.is_personal, raised.mail[MAYA]):
        for address in mail.addresses("From", "To"):
            days[address].add((NOW - mail.at).days)
    for address in of(raised.village, "silence"):
        ago = sorted(days[address])
        gaps = sorted(b - a for a, b in pairwise(ago))
        assert ago[0] > 30
        assert len(ago) > 40
        assert ago[0] > gaps[int(len(gaps) * 0.9)]


def test_the_birthday_is_today_and_no_other_is_near(raised: Raised) -> None:
    cards = raised.path("vcf").read_text(encoding="utf-8")
    near = {f"{NOW + timedelta(days=ahead):%m%d}" for ahead in range(-14, 15)}
    born = [line for line in cards.splitlines() if line.startswith("BDAY") and line.replace("-", "")[-4:] in near]
    assert born == ["BDAY:1976-11-24"]
