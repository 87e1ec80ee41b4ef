"""Sentences can be filled, and nobody is left with a question unless the story wants it."""

from __future__ import annotations

import pytest

from rapport.village.organizations import ORGANIZATIONS, Organization
from rapport.village.talk import BANKS
from rapport.village.talk.bank import Bank

SLOTS = {"day": "x", "n": "6", "time": "9:00", "room": "x", "place": "x"}


def asks(words: str) -> bool:
    return any(mark in words for mark in "?？؟")


@pytest.mark.parametrize("bank", BANKS.values(), ids=BANKS)
def test_a_talk_never_ends_on_a_question(bank: Bank) -> None:
    for topic in bank.topics:
        assert not asks(topic.turns[-1].format(**SLOTS)), topic
        assert topic.subject.format(**SLOTS)
    for words in (*bank.asides, *bank.leaving, *bank.arrived, *bank.away):
        assert not asks(words)


@pytest.mark.parametrize("place", ORGANIZATIONS, ids=lambda place: place.domain)
def test_every_place_has_something_to_ask_and_to_be_told(place: Organization) -> None:
    bank = BANKS[place.language]
    theirs = bank.topics_for(place.trade, ours=False)
    assert len(theirs) >= 3
    assert any(asks(topic.turns[0]) for topic in theirs)
    assert len(bank.topics_for(place.trade, ours=True)) >= 2
