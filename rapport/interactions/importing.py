"""An import: files become pieces, pieces raw items, raw items interactions and people. It may stop anywhere.

What a batch found and how far its file was read stand in one transaction: after a stop, reading goes on behind the last
batch that was committed, and nothing is lost or doubled.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.db import DatabaseError, DataError, Error, IntegrityError, connection

from rapport.accounts.rows import be_patient, current_workspace, in_workspace, plan_anew, sent_ahead
from rapport.channels.models import ImportFile
from rapport.channels.raw import Kept, Ready, keep_ready, ready
from rapport.channels.reading import Piece, pieces_of
from rapport.channels.sandbox import ParsingPool
from rapport.channels.sightings import UNKNOWN_COLUMNS, Card, Failure, Parsed, ReadingOptions, Sighting, Skipped
from rapport.kit import clock
from rapport.kit.failpoints import failpoint
from rapport.kit.ids import new_id, new_ids
from rapport.kit.text import db_text
from rapport.people.gathering import hold_people_still

from .cards import ReadyCard, Taking, ready_card
from .counting import Ending, count
from .erasing.leaving_out import without_the_erased
from .intake import Belonging, Incoming, take_in

PIECES_AT_A_TIME = 400
ROWS_AT_A_TIME = 4000  # of tables and address books: small, and what a batch costs beside them is the same
_ROWS = ("table", "card")
BYTES_AT_A_TIME = 8 << 20
LEASE = 7.0  # seconds
PATIENCE = 60  # seconds: whoever writes people now comes to an end first
Coming = TypeVar("Coming")

STORED, ALREADY, SKIPPED, QUARANTINED = "stored", "already", "skipped", "quarantined"
log = logging.getLogger(__name__)


class LaidDown(Exception):
    """Raised by whoever is told of progress: the import rests, and is read on by whoever comes next."""


class LostLease(Exception):
    """Another process goes on with this import; this one must not write any more."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What one process needs to work on an import."""

    workspace_id: UUID
    import_id: UUID
    token: UUID
    files_folder: Path
    options: ReadingOptions
    belonging: Belonging


class Item(NamedTuple):
    """One thing an import found and how it ended: a row of `import_item` in the order of its columns."""

    import_id: UUID
    file_id: UUID
    name: str
    ordinal: int
    part: int
    raw_item_id: UUID | None
    prefix: bytes | None
    outcome: str
    reason: str = ""
    detail: str = ""
    interaction_id: UUID | None = None
    person_id: UUID | None = None


@dataclass(slots=True)
class Batch:
    """Pieces of one file, what was read in them, their bytes made ready to be kept and their cards to be taken in."""

    pieces: list[Piece]
    parsed: list[Parsed]
    raws: list[Ready | None]
    cards: list[list[ReadyCard]]


class Read(NamedTuple):
    """A piece, where its bytes are kept, what was read in it, and the cards among that."""

    piece: Piece
    raw: Kept | None
    parsed: Parsed
    cards: Sequence[ReadyCard]


def as_read(piece: Piece, raw: Kept | None, parsed: Parsed) -> Read:
    """One piece that is read again."""
    return Read(piece, raw, parsed, _ready_cards(parsed))


def begin(workspace_id: UUID, import_id: UUID) -> UUID | None:
    """Take the lease on an import that waits or whose reader has died; None where there is nothing to do."""
    token = new_id()
    with in_workspace(workspace_id), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE import SET lease_token = %s, state = 'reading',"
            " lease_until = clock_timestamp() + make_interval(secs => %s),"
            " began_at = coalesce(began_at, clock_timestamp()) "
            "WHERE id = %s AND state IN ('waiting', 'reading')"
            " AND (lease_until IS NULL OR lease_until < clock_timestamp())"
            " RETURNING id",
            [token, LEASE, import_id],
        )
        taken = cursor.fetchone()
    failpoint("import.after_claim")
    return token if taken else None


def read_files(turn: Turn, told: Callable[[], None] = lambda: None) -> bool:
    """Read all files of the import on from where they stand; False where it was paused or cancelled meanwhile."""
    with in_workspace(turn.workspace_id):
        files = list(ImportFile.objects.filter(run_id=turn.import_id, is_read=False).order_by("ordinal"))
    with ParsingPool(workers=1) as pool, ThreadPoolExecutor(max_workers=1) as ahead:
        for file in files:
            if not _read_file(turn, file, pool, ahead, told):
                return False
    return True


def _read_file(
    turn: Turn, file: ImportFile, pool: ParsingPool, ahead: ThreadPoolExecutor, told: Callable[[], None]
) -> bool:
    """Cut out and parse the next batch while the last one is stored."""
    pieces = pieces_of(turn.files_folder, file.stored_as, file.name, skip=file.position)
    coming = ahead.submit(_next, pieces, pool, turn.options)
    while batch := _awaited(turn, coming, told):
        coming = ahead.submit(_next, pieces, pool, turn.options)
        if not _store(turn, file, batch):
            coming.result()
            return False
        told()
    with in_workspace(turn.workspace_id):
        _keep_lease(turn)
        ImportFile.objects.filter(id=file.id).update(is_read=True, bytes_read=file.size)
    return True


def _awaited(turn: Turn, coming: Future[Coming], told: Callable[[], None]) -> Coming:
    """What comes, the import held meanwhile. The first piece of a large calendar takes longer than a lease: whoever
    took over would lose it in the same way, and nobody would ever come to the end.
    """
    while not wait([coming], timeout=LEASE / 3).done:
        with in_workspace(turn.workspace_id):
            _keep_lease(turn)
        told()
    return coming.result()


def _few(pieces: Iterator[Piece]) -> list[Piece]:
    """The pieces of a batch, the same ones after a stop between batches. At first a few, as many as there were before
    them: while the first are read there is nothing to store yet.
    """
    taken, size, full = list[Piece](), 0, 0.0
    for piece in pieces:
        taken.append(piece)
        size += len(piece.body)
        most = ROWS_AT_A_TIME if piece.format in _ROWS else PIECES_AT_A_TIME
        full += 1 / min(most, max(most // 8, taken[0].ordinal, 1))
        if size > BYTES_AT_A_TIME or full > 0.9999:
            break
    return taken


def _next(pieces: Iterator[Piece], pool: ParsingPool, options: ReadingOptions) -> Batch | None:
    """The next few pieces, parsed and made ready to be kept; None at the end."""
    few = _few(pieces)
    if not few:
        return None
    asked = [(piece.format, piece.body, piece.options(options)) for piece in few if piece.skipped is None]
    answers = iter(pool.parse(asked))
    parsed = [Parsed(skipped=piece.skipped) if piece.skipped is not None else next(answers) for piece in few]
    raws = [ready(piece.format, piece.body) if piece.has_raw else None for piece in few]
    return Batch(few, parsed, raws, [_ready_cards(one) for one in parsed])


def _ready_cards(parsed: Parsed) -> list[ReadyCard]:
    return [ready_card(card) for card in parsed.cards]


def _store(turn: Turn, file: ImportFile, batch: Batch) -> bool:
    """Store a batch in one transaction; where something in it is at fault, piece by piece: only the bad one waits."""
    try:
        return _store_together(turn, file, batch)
    except Exception as fault:
        if not _lies_in_the_pieces(fault):
            raise
    each = zip(batch.pieces, batch.parsed, batch.raws, batch.cards, strict=True)
    return all(_store_alone(turn, file, Batch([piece], [parsed], [raw], [cards])) for piece, parsed, raw, cards in each)


def _store_alone(turn: Turn, file: ImportFile, batch: Batch) -> bool:
    try:
        return _store_together(turn, file, batch)
    except Exception as fault:
        if not _lies_in_the_pieces(fault):
            raise
        refused = isinstance(fault, DatabaseError)
        if not refused:
            log.error("piece %d of file %s was not taken in", batch.pieces[0].ordinal, file.id, exc_info=fault)
        failure = Failure("refused-by-database" if refused else "not-taken-in", type(fault).__name__)
    return _store_together(turn, file, Batch(batch.pieces, [Parsed(failure=failure)], batch.raws, [[]]))


def _lies_in_the_pieces(fault: Exception) -> bool:
    """Whether what was read is at fault, rather than the server, the wire or this machine."""
    if isinstance(fault, Error):
        # By its class too: a driver that refuses a value itself gives no SQLSTATE.
        state = getattr(fault.__cause__, "sqlstate", None) or ""
        return isinstance(fault, DataError | IntegrityError) or state[:2] in {"22", "23", "54"}
    return not isinstance(fault, LostLease | OSError | MemoryError)


def _store_together(turn: Turn, file: ImportFile, batch: Batch) -> bool:
    now = clock.now()
    with in_workspace(turn.workspace_id), sent_ahead():
        if not _keep_lease(turn):
            return False
        be_patient(PATIENCE)
        plan_anew()
        batch = _batch_without_the_erased(batch)
        if any(batch.cards):  # before their bytes: two who write the same wait here, not for each other
            hold_people_still()
        # Asked before their bytes are written down: the database does so while we look at the answers.
        taking = (
            None if any(one.sightings for one in batch.parsed) else _taking(batch.cards, turn.belonging.import_id, now)
        )
        kept = iter(keep_ready([raw for raw in batch.raws if raw], turn.files_folder, now))
        raws = [next(kept) if raw else None for raw in batch.raws]
        failpoint("import.after_raw")
        read = [Read(*one) for one in zip(batch.pieces, raws, batch.parsed, batch.cards, strict=True)]
        items = settle(turn.import_id, file, read, turn.belonging, now, taking)
        ended = save_items(items)
        failpoint("import.before_count")
        count(file.id, ended)
        last = batch.pieces[-1]
        ImportFile.objects.filter(id=file.id).update(position=last.ordinal + 1, bytes_read=last.position)
        failpoint("import.before_commit")
    file.position = last.ordinal + 1
    failpoint("import.after_commit")
    return True


def _batch_without_the_erased(batch: Batch) -> Batch:
    """What of a batch is stored: of pieces in which somebody erased stood, other bytes and other cards."""
    pieces, parsed = without_the_erased(batch.pieces, batch.parsed)
    if pieces is batch.pieces:
        return batch
    raws = [
        (raw if raw and raw.body is piece.body else ready(piece.format, piece.body)) if piece.has_raw else None
        for piece, raw in zip(pieces, batch.raws, strict=True)
    ]
    before = zip(batch.parsed, batch.cards, strict=True)
    cards = [
        some if one is as_it_was else _ready_cards(one) for one, (as_it_was, some) in zip(parsed, before, strict=True)
    ]
    return Batch(list(pieces), list(parsed), raws, cards)


def _keep_lease(turn: Turn) -> bool:
    """Hold the import for another while; False when somebody paused or cancelled it. Raises LostLease."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE import SET lease_until = clock_timestamp() + make_interval(secs => %s),"
            " worked_seconds = worked_seconds"
            " + greatest(0, extract(epoch FROM clock_timestamp() - lease_until) + %s)"
            " WHERE id = %s AND lease_token = %s RETURNING state",
            [LEASE, LEASE, turn.import_id, turn.token],
        )
        row = cursor.fetchone()
    if row is None:
        raise LostLease
    return bool(row[0] == "reading")


def settle(
    import_id: UUID,
    file: ImportFile,
    read: Sequence[Read],
    belonging: Belonging,
    now: datetime,
    taking: Taking | None = None,
) -> list[Item]:
    """Take in what was read and say of every item how it ended; the items are the caller's to save.

    `taking` are its cards, where what is known of them was asked before.
    """
    be_patient(PATIENCE)
    incoming = [Incoming(one, raw.id if raw else None) for _, raw, parsed, _ in read for one in parsed.sightings]
    before = _origins_known({one.sighting.origin for one in incoming})
    interactions = take_in(incoming, belonging, now)
    taking = taking or _taking([one.cards for one in read], belonging.import_id, now)
    outcomes = iter(taking.all() if taking else [])
    items: list[Item] = []
    seen = set(before)
    replaced = _replaced([one.sighting for one in incoming])
    for piece, raw, parsed, cards in read:
        ended: list[dict[str, Any]] = []
        for sighting in parsed.sightings:
            read_before = sighting.origin in replaced and raw is not None and not raw.is_new
            outcome = ALREADY if sighting.origin in seen or read_before else STORED
            seen.add(sighting.origin)
            ended.append(
                {"outcome": outcome, "reason": sighting.automatic, "interaction_id": interactions[sighting.origin]}
            )
        for card in cards:
            if card.left_out:
                ended.append({"outcome": SKIPPED, "reason": card.left_out})
                continue
            taken = next(outcomes)
            again = raw is not None and not raw.is_new and not taken.is_new
            ended.append(
                {"outcome": ALREADY if again else STORED, "person_id": taken.person_id, **_unread_on(card.card)}
            )
        ended += _left_out(parsed, nothing_else=not ended)
        name = _name_within(file, piece)
        for part, end in enumerate(ended):
            items.append(
                Item(
                    import_id, file.id, name, piece.ordinal, part, raw.id if raw else None, piece.prefix or None, **end
                )
            )
    return items


def _taking(cards: Sequence[Sequence[ReadyCard]], import_id: UUID | None, now: datetime) -> Taking | None:
    people = [card for some in cards for card in some if not card.left_out]
    return Taking(people, import_id, now) if people else None


def _name_within(file: ImportFile, piece: Piece) -> str:
    """How the file of a piece is called in the folder or archive it came in; nothing where it came by itself."""
    return "" if file.name in (piece.name, f"{piece.name}.gz") else db_text(piece.name, 1000)


def save_items(items: Sequence[Item]) -> Counter[Ending]:
    """Write down how items ended; what was written down before stays. How many of those that are new ended how."""
    if not items:
        return Counter()
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH new AS (INSERT INTO import_item (workspace_id, id, import_id, file_id, name, ordinal, part,"
            " raw_item_id, prefix, outcome, reason, detail, interaction_id, person_id) "
            "SELECT %s, u.* FROM unnest(%s::uuid[], %s::uuid[], %s::uuid[], %s::text[], %s::bigint[], %s::int[],"
            " %s::uuid[], %s::bytea[], %s::text[], %s::text[], %s::text[], %s::uuid[], %s::uuid[]) AS u "
            "ON CONFLICT (workspace_id, file_id, ordinal, part) DO NOTHING RETURNING outcome, reason) "
            "SELECT outcome, reason, count(*) FROM new GROUP BY 1, 2",
            [current_workspace(), new_ids(len(items)), *map(list, zip(*items, strict=True))],
        )
        return Counter({(outcome, reason): many for outcome, reason, many in cursor.fetchall()})


def _unread_on(card: Card) -> dict[str, Any]:
    """What of a card could not be read: the names of its fields. What they hold stays in its bytes alone."""
    return {"reason": card.unread_as, "detail": db_text(", ".join(card.unread), 500)} if card.unread else {}


def _left_out(parsed: Parsed, nothing_else: bool) -> list[dict[str, Any]]:
    if parsed.failure is not None:
        failure = parsed.failure
        return [{"outcome": QUARANTINED, "reason": failure.reason, "detail": db_text(failure.detail, 500)}]
    skipped = parsed.skipped or (Skipped("nothing-in-it") if nothing_else else None)
    if skipped is None:
        return []
    most = 4000 if skipped.rule == UNKNOWN_COLUMNS else 500  # each of the columns is to be named
    return [{"outcome": SKIPPED, "reason": skipped.rule, "detail": db_text(skipped.detail, most)}]


def _replaced(sightings: Collection[Sighting]) -> set[str]:
    """Origins of meeting times that a later telling does without: nothing is stored under them."""
    origins = {one.origin for one in sightings if one.kind != "mail"}
    return origins - _origins_known(origins)


def _origins_known(origins: set[str]) -> set[str]:
    if not origins:
        return set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT origin FROM interaction WHERE origin = ANY(%s)", [list(origins)])
        return {row[0] for row in cursor.fetchall()}
