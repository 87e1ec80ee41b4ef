"""What a foreign file does to its reader stays with that file."""

from __future__ import annotations

import subprocess
import sys
import textwrap
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from rapport.channels import sandbox
from rapport.channels.sandbox import ParsingPool
from rapport.channels.sightings import ReadingOptions
from tests.channels.mails import mail

OPTIONS = ReadingOptions()
# A child whose readers can be told to misbehave; everything around them is the real thing.
CHILD = textwrap.dedent(
    """
    import os, signal, time
    from rapport.channels import parsers, parsing_child
    def misbehave(raw, options):
        if raw == b"sleep": time.sleep(60)
        if raw == b"spin":
            import re; re.match(r"(a+)+$", "a" * 60 + "b")
        if raw == b"eat": bytearray(1 << 30)
        if raw == b"die": os.kill(os.getpid(), signal.SIGSEGV)
        if raw == b"deep": misbehave_deeply()
        if raw == b"raise": raise RuntimeError("secret")
        if raw == b"print": print("into the answers")
        return parsers.parse_message(raw, options)
    def misbehave_deeply(): misbehave_deeply()
    parsers.PARSERS["odd"] = misbehave
    parsing_child.main()
    """
)


@pytest.fixture
def odd_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "CHILD", [sys.executable, "-c", CHILD])


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"sleep", "took-too-long"),
        (b"spin", "took-too-long"),
        (b"eat", "too-much-memory"),
        (b"die", "reader-crashed"),
        (b"deep", "too-deep"),
        (b"raise", "reader-failed"),
    ],
)
@pytest.mark.usefixtures("odd_readers")
def test_only_the_guilty_one_fails(raw: bytes, reason: str) -> None:
    good = ("mail", mail(), OPTIONS)
    with ParsingPool() as pool:
        began = time.perf_counter()
        before, guilty, after = pool.parse([good, ("odd", raw, OPTIONS), good])
        assert time.perf_counter() - began < 12
    assert guilty.failure is not None
    assert guilty.failure.reason == reason
    assert "secret" not in guilty.failure.detail
    assert before.sightings == after.sightings != ()


@pytest.mark.parametrize("raw", [b"sleep", b"spin"])
@pytest.mark.usefixtures("odd_readers")
def test_where_somebody_waits_it_is_stopped_sooner(raw: bytes) -> None:
    with ParsingPool(seconds=0.5) as pool:
        pool.parse([("mail", mail(), OPTIONS)])
        began = time.perf_counter()
        (guilty,) = pool.parse([("odd", raw, OPTIONS)])
        assert time.perf_counter() - began < 2
    assert guilty.failure is not None
    assert guilty.failure.reason == "took-too-long"


@pytest.mark.usefixtures("odd_readers")
def test_a_reader_that_prints_does_not_spoil_the_answers() -> None:
    with ParsingPool() as pool:
        (parsed,) = pool.parse([("odd", b"print", OPTIONS)])
    assert parsed.failure is not None
    assert parsed.failure.reason == "not-a-mail"


def test_batches_of_several_threads_do_not_mix() -> None:
    with ParsingPool(workers=2) as pool, ThreadPoolExecutor(4) as threads:
        batches = [[("mail", mail(f"Hello {n}-{i}."), OPTIONS) for i in range(20)] for n in range(8)]
        for n, answers in enumerate(threads.map(pool.parse, batches)):
            assert [one.sightings[0].text for one in answers] == [f"Hello {n}-{i}." for i in range(20)]


def test_a_mail_of_a_hundred_megabytes_is_read_at_its_front() -> None:
    body = "--b\nContent-Type: text/plain\n\nSee attached.\n--b\nContent-Type: image/png\n\n"
    raw = mail(body, "Content-Type: multipart/mixed; boundary=b") + b"x" * (100 << 20)
    with ParsingPool() as pool:
        (parsed,) = pool.parse([("mail", raw, OPTIONS)])
    assert parsed.sightings[0].text == "See attached."


def test_the_child_needs_no_django() -> None:
    code = "import sys, rapport.channels.parsing_child; print('django' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"
