"""An mbox is cut at its From lines and at nothing else; all its bytes are in the pieces."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport.channels.mail.mbox import split_mbox

ENVELOPE = b"From ana@x.org Tue Mar  3 09:00:00 2026\n"
MAIL = b"From: a@x.org\nSubject: x\n\nHello.\n\n"


def envelopes(raw: bytes) -> list[bytes]:
    stretches = list(split_mbox(BytesIO(raw)))
    assert b"".join(one.envelope + one.message for one in stretches) == raw
    return [one.envelope for one in stretches]


def test_each_mail_is_one_piece() -> None:
    assert envelopes((ENVELOPE + MAIL) * 3) == [ENVELOPE] * 3


@pytest.mark.parametrize(
    "line",
    [
        b"From here on it is easy.\n",
        b">From ana@x.org Tue Mar  3 09:00:00 2026\n",
        b"From ana@x.org Tue Mar  3 09:00:00 2026\nbut no header follows\n",
    ],
)
def test_a_sentence_that_begins_with_from_cuts_nothing(line: bytes) -> None:
    assert envelopes(ENVELOPE + MAIL + line + b"\n" + b"more\n") == [ENVELOPE]


def test_a_from_line_without_a_blank_line_before_it_cuts_nothing() -> None:
    assert envelopes(ENVELOPE + MAIL + b"text\n" + ENVELOPE + b"X: y\n") == [ENVELOPE]


@pytest.mark.parametrize(
    "envelope",
    [b"From - \n", b"From a@b Tue Mar  3 09:00:00 +0100 2026\r\n", b"From MAILER-DAEMON Tue Mar 3 09:00 2026\n"],
)
def test_odd_envelopes_are_known(envelope: bytes) -> None:
    assert envelopes((envelope + MAIL) * 2) == [envelope] * 2


@given(st.lists(st.sampled_from([b"\n", b"\r\n", ENVELOPE, b"From x\n", b"A: b\n", b"word", b"\x00\xff", b"From "])))
def test_no_byte_is_lost(parts: list[bytes]) -> None:
    envelopes(b"".join(parts))
