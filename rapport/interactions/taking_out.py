"""Taking an attached file out of its mail, and the name under which it may be kept."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath
from typing import Final

from django.utils.translation import gettext as _

from rapport.channels.looking_in import look_in
from rapport.channels.sightings import Enclosed, ReadingOptions
from rapport.kit.trouble import NotFound

from .opening import InMail

LONGEST: Final = 120
NAMELESS: Final = "attachment"
_END = 40  # of a long name its end is kept whole: cut apart, ".docx.exe" would become something else
MAILS: Final = ("message/rfc822", "message/global")

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|]')


def take_out(wanted: InMail) -> Enclosed:
    """The file, with a name that is safe to keep it under; NotFound where it cannot be taken out of its mail. Takes up
    to two seconds.
    """
    file = look_in("mail-file", wanted.mail, ReadingOptions(name=wanted.file.name, place=wanted.file.place)).file
    if file is None:
        raise NotFound(
            _("This file cannot be taken out of its mail: it is damaged, or too large. The mail itself is whole."),
            code="not-taken-out",
        )
    return Enclosed(safe_name(file.name, file.media_type), file.media_type, file.body)


def safe_name(name: str, media_type: str) -> str:
    """A name without folders, without signs that systems refuse, and without letters that only turn others around: by
    those a program can pass for a picture. Of one that is too long the middle goes.
    """
    visible = "".join(letter for letter in name if unicodedata.category(letter)[0] != "C")
    plain = _NOT_IN_NAMES.sub("_", visible).strip(" .")
    path = PurePosixPath(plain or NAMELESS)
    short = path.name if len(path.name) <= LONGEST else f"{path.name[: LONGEST - _END - 1]}…{path.name[-_END:]}"
    return f"{short}.eml" if media_type in MAILS and not short.lower().endswith(".eml") else short
