"""Mails of one conversation stand together, in whichever order they come and although some never come."""

from __future__ import annotations

import random
from datetime import datetime

import pytest
from django.db import transaction

from rapport.accounts.access import Viewer
from rapport.channels.sightings import Sighting
from rapport.interactions.models import Thread

from .mails import MAYA, MORNING, PRIYA, mail, read, threads

MAILS = 25


def conversations(chance: random.Random) -> list[Sighting]:
    """Trees of answers by mail programs that tell of earlier mails fully, cut off or not at all; a fifth is lost."""
    before: dict[int, list[int]] = {}
    mails = []
    for n in range(MAILS):
        parent = chance.randrange(n) if n and chance.random() < 0.8 else None
        chain = before[n] = [] if parent is None else [*before[parent], parent]
        told = chance.choice([chain, chain[-2:], [*chain[:1], *chain[-1:]], []])
        answers = "" if parent is None or chance.random() < 0.1 else f"t{parent}"
        mails.append(mail(f"t{n}", PRIYA, [MAYA], hour=n, answers=answers, references=[f"t{one}" for one in told]))
    return [one for one in mails if chance.random() < 0.8]


@pytest.mark.parametrize("seed", range(6))
def test_any_order_gives_the_same_threads(maya: Viewer, now: datetime, seed: int) -> None:
    chance = random.Random(seed)
    mails = conversations(chance)
    found = set()
    for size in (MAILS, 1, 2, 7):
        with transaction.atomic():
            for start in range(0, len(mails), size):
                read(now, *mails[start : start + size])
            found.add(frozenset(threads()))
            transaction.set_rollback(True)
        chance.shuffle(mails)
    assert len(found) == 1


@pytest.mark.parametrize("order", ["one batch", "b a c", "c b a", "a c b"])
def test_a_thread_is_named_after_its_first_mail_wherever_batches_end(maya: Viewer, order: str) -> None:
    mails = {
        "b": mail("b", PRIYA, [MAYA], hour=0),
        "a": mail("a", MAYA, [PRIYA], hour=2, answers="b", references=["b"]),
        "c": mail("c", MAYA, [PRIYA], hour=1, answers="b", references=["b"]),
    }
    for some in [mails] if order == "one batch" else [[key] for key in order.split()]:
        read(MORNING, *(mails[key] for key in some))
    assert Thread.objects.get().root == "b@mail.example"
