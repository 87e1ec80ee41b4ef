"""Every reason, rule and remark a reader gives has a sentence."""

from __future__ import annotations

import re
from pathlib import Path

from rapport.channels import wording

HERE = Path(wording.__file__).parent
# What is said when a file is taken out of a mail is not said of an import: the door that opens it has its sentence.
ELSEWHERE = ("wording.py", "enclosed.py")
SOURCE = "\n".join(path.read_text() for path in sorted(HERE.rglob("*.py")) if path.name not in ELSEWHERE)


def test_every_failure_has_a_sentence_that_says_what_to_do() -> None:
    given = set(re.findall(r"(?:Failure|_Unreadable)\(\"([a-z-]+)\"", SOURCE))
    assert len(given) > 10
    assert given <= wording.FAILURES.keys()
    assert all(wording.failure_sentence(reason).endswith(".") for reason in given)


def test_every_rule_has_a_sentence() -> None:
    given = set(re.findall(r"(?:Skipped\(|_left_out\([\w.]+, outer, )\"([a-z-]+)\"", SOURCE))
    given |= set(re.findall(r"\"(calendar-[a-z-]+)\"", SOURCE))
    assert len(given) > 10
    assert given <= wording.RULES.keys() | wording.AUTOMATIC.keys()


def test_every_remark_has_a_sentence() -> None:
    given = set(re.findall(r"remarks(?:\.append\(|=\[)\"([a-z-]+)\"", SOURCE))
    given |= set(re.findall(r"\"(date-[a-z-]+|sender-elsewhere|long-head)\"", SOURCE))
    assert len(given) > 6
    assert given <= wording.REMARKS.keys()
