"""The one tree of expected errors: each has a code, fields and a sentence for people that says what to do."""

from __future__ import annotations

import errno

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class Trouble(Exception):
    """Something a person can do something about. Doors turn it into a page, a JSON answer or an exit code."""

    status = 400
    exit_code = 1

    def __init__(self, sentence: str, code: str = "trouble", **fields: object) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code
        self.fields = fields


class NotUnderstood(Trouble):
    """What was given does not fit; `fields` says what is wrong with which."""

    status = 422
    exit_code = 2


class NotFound(Trouble):
    """There is no such thing, or this viewer may not know of it: the two are never told apart."""

    status = 404
    exit_code = 4

    def __init__(self, sentence: str, code: str = "not-found", **fields: object) -> None:
        super().__init__(sentence, code, **fields)


class NotAllowed(Trouble):
    """The viewer is known but may not do this."""

    status = 403
    exit_code = 3

    def __init__(self, sentence: str, code: str = "not-allowed", **fields: object) -> None:
        super().__init__(sentence, code, **fields)


class Conflict(Trouble):
    """Somebody else was faster, or the thing is no longer in the state this asks for."""

    status = 409
    exit_code = 5

    def __init__(self, sentence: str, code: str = "conflict", **fields: object) -> None:
        super().__init__(sentence, code, **fields)


class Unavailable(Trouble):
    """Something we need does not answer just now; trying again may help."""

    status = 503
    exit_code = 6

    def __init__(self, sentence: str, code: str = "unavailable", **fields: object) -> None:
        super().__init__(sentence, code, **fields)


class NoRoom(Trouble):
    """The disk is full: of the files, or of the database."""

    status = 507


def finds_no_room(fault: BaseException) -> bool:
    """Whether a fault is that of a full disk, ours or (SQLSTATE 53100) the database's."""
    cause = fault.__cause__ or fault
    return getattr(fault, "errno", None) in FULL or getattr(cause, "sqlstate", None) == "53100"
