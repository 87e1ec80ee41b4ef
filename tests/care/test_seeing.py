"""A guest's day tells nothing about people that only members know."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

from rapport.care.placed import Placed, Today
from rapport.care.ranking import LeftOut
from rapport.care.seeing import everybody, today_seen
from rapport.care.ways import Way
from rapport.kit.ids import new_id
from rapport.moments.moment import Reason

THEMSELVES, OTHER = new_id(), new_id()
DAY = date(2026, 11, 20)


def placed(person: UUID, rule: str, *ways: Way) -> Placed:
    return Placed(new_id(), person, 0, f"{rule}:1", rule, "stay-close", Reason(rule), (), ways, 5)


def way(fact_id: UUID | None) -> Way:
    return Way("fact" if fact_id else "talk", "moss", datetime(2026, 11, 1, tzinfo=UTC), fact_id=fact_id)


def of_themselves(person: UUID) -> bool:
    return person == THEMSELVES


def test_no_birthday_no_fact_and_no_wish_of_others() -> None:
    with_fact, without = way(new_id()), way(None)
    day = Today(
        DAY,
        placed=(
            placed(OTHER, "birthday"),
            placed(OTHER, "silence", with_fact, without),
            placed(THEMSELVES, "birthday"),
        ),
        left_out=(
            LeftOut(OTHER, "silence", Reason("do_not_contact")),
            LeftOut(OTHER, "birthday", Reason("full")),
            LeftOut(OTHER, "silence", Reason("full")),
            LeftOut(THEMSELVES, "silence", Reason("do_not_contact")),
        ),
        found={"birthday": 2, "silence": 1},
    )
    seen = today_seen(day, of_themselves)
    assert [(one.person_id, one.rule) for one in seen.placed] == [(OTHER, "silence"), (THEMSELVES, "birthday")]
    assert seen.placed[0].ways == (without,)
    assert [(one.person_id, one.reason.kind) for one in seen.left_out] == [
        (OTHER, "full"),
        (THEMSELVES, "do_not_contact"),
    ]
    assert seen.found == {"silence": 1}


def test_whom_a_guest_sees_whole_is_told_whole() -> None:
    day = Today(DAY, placed=(placed(THEMSELVES, "birthday", way(new_id())),), found={"birthday": 1})
    assert today_seen(day, of_themselves) is day
    everything = Today(DAY, placed=(placed(OTHER, "birthday", way(new_id())),), found={"birthday": 1})
    assert today_seen(everything, everybody) is everything
