"""What talon expects of replies: the words of whoever writes, and the signature below them.

The expectations stand in its tests (quotations, html quotations, signature extraction); the words are compared without
blanks, as there. For marked mails, lines marked `#reply#` are old and lines marked `#sig#` the signature.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from rapport.channels.mail.bodies import read_parts
from rapport.channels.mail.encoded import decoded
from rapport.channels.mail.headers import read_head
from rapport.channels.mail.markup import text_of_html
from rapport.channels.mail.own_words import own_words

from .agreement import Agreement, Case, agreement

FOLDER = "data/torture/replies/talon"
PLAIN, FORMATTED, BY_A_LINE = "Hello", "Hi. I am fine.\n\nThanks,\nAlex", "Hi there Bob"
_MARK = re.compile(r"^#(reply|sig)#")
_BLANKS = re.compile(r"\s+")


def measure(shared: Path) -> Agreement:
    """Plain and formatted replies, signatures, and mails whose lines are marked."""
    folder = shared / FOLDER
    return agreement("talon", [*_plain(folder), *_formatted(folder), *_signed(folder), *_marked(folder)])


def _plain(folder: Path) -> Iterator[Case]:
    for path in sorted((folder / "standard_replies").glob("*.eml")):
        beside = path.with_name(f"{path.stem}_reply_text")
        expected = beside.read_text() if beside.exists() else PLAIN
        raw = path.read_bytes()
        text = "\n".join(read_parts(read_head(raw), raw).plain)
        yield _case(folder, path, expected, own_words(text).text)


def _formatted(folder: Path) -> Iterator[Case]:
    for path in sorted((folder / "html_replies").glob("*.html")):
        yield _case(folder, path, FORMATTED, _with_signature(text_of_html(decoded(path.read_bytes(), ""))))
    path = folder / "reply-separated-by-hr.html"
    yield _case(folder, path, BY_A_LINE, _with_signature(text_of_html(path.read_text())))
    path = folder / "reply-quotations-share-block.eml"
    raw = path.read_bytes()
    own = own_words(text_of_html("\n".join(read_parts(read_head(raw), raw).html))).text
    yield Case(path.name, (True, False), (bool(own.strip()), "From" in own))


def _with_signature(text: str) -> str:
    """These tests cut off what is old, and leave the signature."""
    own = own_words(text)
    return own.text + own.signature


def _signed(folder: Path) -> Iterator[Case]:
    for path in sorted((folder / "signature/emails/stripped").glob("*_body")):
        beside = path.with_name(path.name.removesuffix("_body") + "_signature")
        if beside.exists():
            yield _case(folder, path, beside.read_text(), own_words(path.read_text()).signature)


def _marked(folder: Path) -> Iterator[Case]:
    for path in sorted((folder / "signature/emails/P").glob("*_R*")):
        lines = path.read_text("utf-8", "replace").split("\n\n", 1)[1].splitlines()
        own = "\n".join(line for line in lines if not _MARK.match(line))
        yield _case(folder, path, own, own_words("\n".join(_MARK.sub("", line) for line in lines)).text)


def _case(folder: Path, path: Path, expected: str, found: str) -> Case:
    return Case(path.relative_to(folder).as_posix(), _BLANKS.sub("", expected), _BLANKS.sub("", found))
