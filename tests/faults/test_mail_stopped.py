"""A mail whose sending is stopped at any place arrives at most once, and what is not known of it is said."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path
from typing import Any

from rapport.accounts.models import OutgoingMail, User
from rapport.accounts.outgoing import mail_sign_in_link, send_next
from rapport.kit.mail_server import MailServer
from tests.kit.smtp_sink import Sink, smtp_sink

from .doing import MAYA, settle_in
from .lab import ALL, ENDS, NOW, SEED, Ending, Lab, Recorder, Stage, port_of

LATER = (2, 4, 14, 16)  # minutes


def _act(server: MailServer) -> None:
    mail_sign_in_link(User.objects.get(email=MAYA), "http://localhost:8000", NOW)
    while send_next(server, NOW):
        pass


def _finish(server: MailServer) -> list[tuple[Any, ...]]:
    """Whoever waits for a link asks for one again where none is under way; the worker goes on."""
    if not OutgoingMail.objects.exists():
        _act(server)
    for minutes in LATER:
        while send_next(server, NOW + timedelta(minutes=minutes)):
            pass
    return list(OutgoingMail.objects.values_list("state", "seed"))


def test_wherever_it_is_stopped_it_arrives_at_most_once(lab: Lab, tmp_path: Path) -> None:
    beginning = lab.beginning(settle_in)
    with smtp_sink() as sink:
        recorder = Recorder(tmp_path / "reached")
        with lab.copy(beginning) as stage:
            ran = lab.in_process(stage, lambda: _act(sink.server()), recorder)
            assert (ran.code, len(sink.mails)) == (0, 1), ran.wrote
        places = recorder.reached()
        assert {"mail.before_data", "mail.after_data", "mail.after_sending", "mail.after_settling"} <= set(places)
        faults = [(hit, place, kind) for hit, place in enumerate(places, 1) for kind in ENDS]
        if not ALL:  # each place of mail once, in a way drawn by chance
            chance = random.Random(SEED)
            chance.shuffle(faults)
            faults = list({place: (hit, place, kind) for hit, place, kind in faults if "mail." in place}.values())
        print(f"\na mail: {len(places)} stops, {len(faults)} faults, seed {SEED}")
        fates = [(place, kind, *_stopped(lab, beginning, sink, hit, kind)) for hit, place, kind in faults]
    for place, kind, state, seed, arrived in fates:
        assert seed == "", (place, kind)  # nothing is left that it could be sent from again
        assert state in ("sent", "unknown"), (place, kind, state)
        assert arrived <= 1, (place, kind, arrived)
        assert arrived == 1 or state == "unknown", (place, kind)
    assert {state for _place, _kind, state, _seed, _arrived in fates} == {"sent", "unknown"}


def _stopped(lab: Lab, beginning: Stage, sink: Sink, hit: int, kind: str) -> tuple[str, str, int]:
    before = len(sink.mails)
    with lab.copy(beginning) as stage:
        lab.in_process(stage, lambda: _act(sink.server()), Ending(hit, kind, port_of(stage)))
        ended = lab.in_process(stage, lambda: _finish(sink.server()))
        assert ended.code == 0, ended.wrote
        ((state, seed),) = ended.gave
        return state, seed, len(sink.mails) - before
