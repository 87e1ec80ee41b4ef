"""A folder of many files laid together before the transaction begins: what that takes, nobody else waits for."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from rapport.channels.packing import packed
from rapport.channels.receiving import TooMuch, content_of, laid_down, too_many_sentence
from rapport.interactions.imports import MOST_APART, import_name
from rapport.kit.trouble import NoRoom, Trouble, finds_no_room


def pack_many(request: HttpRequest, names: Sequence[str]) -> None:
    """Put one file in the place of many that were sent as `files`; `names` is what each is called in it."""
    sent = request.FILES.getlist("files")
    if len(sent) <= MOST_APART:
        return
    whole = laid_down(import_name(names), packed(zip(names, map(content_of, sent), strict=True)))
    request.FILES.setlist("files", [whole])
    for file in sent:
        file.close()  # which takes it off the disk


def too_many_files() -> Trouble:
    """Said where more were sent than may be."""
    return TooMuch(too_many_sentence(), code="too-many-files", most=settings.DATA_UPLOAD_MAX_NUMBER_FILES)


def no_room(fault: BaseException) -> NoRoom | None:
    """What to say where a fault is that of a full disk; None where it is another."""
    if not finds_no_room(fault):
        return None
    sentence = _("There is no room left on the disk of Rapport. Nothing was kept. Free some space, then do it again.")
    return NoRoom(sentence, code="no-room")
