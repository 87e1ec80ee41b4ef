"""What is read in is read without whoever was erased: they are known by the marks of their addresses alone.

What is theirs alone is left out and counted so, and none of its bytes are kept. What others took part in comes in as an
erasure would have left it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from rapport.channels.reading import Piece
from rapport.channels.sightings import Card, Parsed, Party, Sighting, Skipped
from rapport.channels.wording import ERASED
from rapport.people.domains import organization_domain
from rapport.people.home_domains import home_domains
from rapport.people.matching import HandleKey
from rapport.people.models import Handle, Tombstone
from rapport.people.reaching import beside, sharing
from rapport.people.shared_addresses import shared_by
from rapport.people.tombstones import buried
from rapport.people.two_people import are_two, spelt

from ..cards import handle_keys
from ..models import Interaction, Message
from ..parts import BEGINS
from .beginning import hold_erasures_off
from .mailboxes import Mailbox, mailboxes_of
from .redacting import calendar_without, mail_without, text_without, words_in
from .sharing import called_there
from .sought import Sought, emails_in, sought_for

Words = Mapping[str, tuple[str, str]]  # origin to the title and the text as they stand here


def without_the_erased(pieces: Sequence[Piece], parsed: Sequence[Parsed]) -> tuple[Sequence[Piece], Sequence[Parsed]]:
    """These pieces and what was read from them, in order, without the erased. Nobody is erased until the transaction
    ends.
    """
    hold_erasures_off()
    if not Tombstone.objects.exists():
        return pieces, parsed
    heads = [mailboxes_of(piece.body, piece.format) for piece in pieces]
    named = [_named(*each) for each in zip(pieces, parsed, heads, strict=True)]
    before = [_before(piece) for piece in pieces]
    gone = buried({key for some in (*named, *before) for key in some})
    aside = _left_aside([card for one in parsed for card in one.cards])
    words = _words_here([one.origin for each in parsed for one in each.sightings])
    ours = _ours(parsed) if gone else frozenset()
    told = []
    for piece, one, head, some, prefixed in zip(pieces, parsed, heads, named, before, strict=True):
        whole = replace(piece, prefix=b"") if piece.format == "mail" and gone & prefixed else piece
        if any(_by_name(card) & aside for card in one.cards):
            told.append(_left_out(piece))
            continue
        is_touched = gone & some or _was_untitled(one, words)
        told.append(_without(whole, one, head, gone & some, ours, words) if is_touched else (whole, one))
    return [piece for piece, _ in told], [one for _, one in told]


def parsed_without_the_erased(parsed: Parsed) -> Parsed:
    """The same of what is read again: its bytes are kept without them already."""
    return without_the_erased([Piece("", "", 0, b"", b"", 0)], [parsed])[1][0]


def _named(piece: Piece, parsed: Parsed, head: Sequence[Mailbox]) -> set[HandleKey]:
    """All addresses a piece holds: of those who took part, on cards, and wherever one is written; in a head with the
    names beside them."""
    keys: set[HandleKey] = {key for one in parsed.sightings for party in one.parties for key in _keys(party)}
    for card in parsed.cards:
        keys.update(*map(set, (handle_keys(card), _by_name(card))))
    keys.update(key for box in head for key in _keys_of(box))
    texts = [piece.body.decode("utf-8", "replace"), *(one.text for one in parsed.sightings)]
    texts += [address for one in parsed.sightings for address in one.bounced]
    if piece.format == "mail":
        texts.append(words_in(piece.body))
    return keys | {("email", address) for text in texts for address in emails_in(text)}


def _before(piece: Piece) -> set[HandleKey]:
    """What stands before a mail in its mailbox names whoever sent it, or had it."""
    return {("email", address) for address in emails_in(piece.prefix.decode("utf-8", "replace"))}


def _without(
    piece: Piece,
    parsed: Parsed,
    head: Sequence[Mailbox],
    gone: Collection[HandleKey],
    ours: Collection[HandleKey],
    words: Words,
) -> tuple[Piece, Parsed]:
    if any(_is_theirs(card, gone) for card in parsed.cards) or (parsed.failure and gone) or (parsed.skipped and gone):
        return _left_out(piece)
    came = [_with_who_shares(one, head, gone) for one in parsed.sightings]
    staying = [one for one in came if _others(one, gone, ours) or not _took_part(one, gone)]
    if came and not staying:
        return _left_out(piece)
    sought = _sought(parsed, head, gone)
    wrote = any(_wrote(one, gone) for one in staying)
    told = [_sighting(one, gone, sought, words) for one in staying]
    body = _body(piece, told, sought, wrote)
    kept = replace(piece, body=body or b"", prefix=_prefix(piece, sought), is_kept=body is not None)
    cards = tuple(replace(card, note=sought.without(card.note)) for card in parsed.cards)
    return kept, replace(parsed, sightings=tuple(told), cards=cards)


def _left_out(piece: Piece) -> tuple[Piece, Parsed]:
    skipped = Skipped(ERASED)
    bare = replace(piece, name="", body=b"", prefix=b"", skipped=skipped, is_kept=False)
    return bare, Parsed(skipped=skipped)


def _with_who_shares(one: Sighting, head: Sequence[Mailbox], gone: Collection[HandleKey]) -> Sighting:
    """The same; where somebody erased stands before whom they share the address with, these take part instead: of two
    names of one address the first is read."""
    here = {_key(party) for party in one.parties if not _is_gone(party, gone) and party.part not in BEGINS}
    others: dict[HandleKey, str] = {}
    for box in head:
        if box.part and box.part not in BEGINS and not any(key in gone for key in _keys_of(box)):
            others.setdefault(("email", box.address), box.called)
    return replace(
        one,
        parties=tuple(
            replace(party, address=replace(party.address, name=others[_key(party)]))
            if _is_gone(party, gone) and party.part not in BEGINS and _key(party) in others.keys() - here
            else party
            for party in one.parties
        ),
    )


def _sighting(one: Sighting, gone: Collection[HandleKey], sought: Sought, words: Words) -> Sighting:
    """As an erasure leaves it; with the words that stand here, where it was read before."""
    wrote = _wrote(one, gone)
    title, text = words.get(one.origin, (one.subject, one.text))
    told = "" if wrote else sought.without(text)
    return replace(
        one,
        parties=tuple(party for party in one.parties if not _is_gone(party, gone)),
        subject="" if wrote else sought.without(title),
        text=told,
        excerpt="" if wrote else sought.without(one.excerpt),
        question="" if wrote else sought.without(one.question),
        signature="" if wrote else sought.without(one.signature),
        message_id=sought.without(one.message_id),
        in_reply_to=sought.without(one.in_reply_to),
        references=tuple(sought.without(reference) for reference in one.references),
        attachments=() if wrote else tuple(a for a in one.attachments if not sought.named_in(a.name)),
        bounced=tuple(address for address in one.bounced if ("email", address) not in gone),
        location="" if wrote else sought.without(one.location),
        has_html=False,
    )


def _body(piece: Piece, told: Sequence[Sighting], sought: Sought, wrote: bool) -> bytes | None:
    if piece.format == "mail":
        first = told[0] if told and not wrote else None
        return mail_without(piece.body, sought, first.subject, first.text) if first else None
    if piece.format == "calendar":
        return calendar_without(piece.body, sought, wrote)
    return text_without(piece.body, sought)


def _prefix(piece: Piece, sought: Sought) -> bytes:
    return b"" if piece.format == "mail" else text_without(piece.prefix, sought)


def _sought(parsed: Parsed, head: Sequence[Mailbox], gone: Collection[HandleKey]) -> Sought:
    parties = [party for one in parsed.sightings for party in one.parties]
    went = [(_key(party), party.address.name) for party in parties if _is_gone(party, gone)]
    went += [(("email", box.address), box.called) for box in head if any(key in gone for key in _keys_of(box))]
    shared = {key[1] for key, _name in went if key not in gone}
    return sought_for((), list(gone), {name for _key, name in went}, shared)


def _is_theirs(card: Card, gone: Collection[HandleKey]) -> bool:
    """A telephone is shared in an office: it is nobody's card by that alone, where it also has a mail address."""
    keys = handle_keys(card)
    has_mail = any(kind == "email" for kind, _ in keys)
    return any(key in gone and (key[0] != "phone" or not has_mail) for key in (*keys, *_by_name(card)))


def _others(one: Sighting, gone: Collection[HandleKey], ours: Collection[HandleKey]) -> bool:
    """Whether anybody else from outside took part; lists and desks are nobody."""
    return any(
        not _is_gone(party, gone)
        and key not in ours
        and party.part not in ("list", "bounced")
        and not shared_by(key[1])
        for party in one.parties
        if (key := _key(party))
    )


def _took_part(one: Sighting, gone: Collection[HandleKey]) -> bool:
    return any(_is_gone(party, gone) for party in one.parties)


def _wrote(one: Sighting, gone: Collection[HandleKey]) -> bool:
    return any(_is_gone(party, gone) and party.part in BEGINS for party in one.parties)


def _is_gone(party: Party, gone: Collection[HandleKey]) -> bool:
    """By their address; at one that stayed with another by their name there."""
    return any(key in gone for key in _keys(party))


def _keys(party: Party) -> list[HandleKey]:
    key = _key(party)
    return _keys_of(Mailbox(party.part, party.address.name, key[1])) if key[0] == "email" else [key]


def _keys_of(box: Mailbox) -> list[HandleKey]:
    key, name = ("email", box.address), spelt(box.called)
    return [key, sharing(key, name)] if name else [key]


def _by_name(card: Card) -> set[HandleKey]:
    name = spelt(card.name)
    return {sharing(("email", one), name) for one in _emails(card)} if name else set()


def _emails(card: Card) -> set[str]:
    return {value for kind, value in handle_keys(card) if kind == "email"}


def _left_aside(cards: Sequence[Card]) -> set[HandleKey]:
    """By what the cards are known that name somebody unknown beside an address somebody erased has shared: a mark does
    not tell whether it is them, written otherwise. Not those that give an address of somebody known as well."""
    marks = {beside(("email", one)): one for card in cards for one in _emails(card)}
    where = {marks[key] for key in buried(marks.keys())}
    called = called_there(where)
    if not called:
        return set()
    known = set(
        Handle.objects.filter(kind="email", value__in=set(marks.values()) - where).values_list("value", flat=True)
    )
    return {
        sharing(("email", one), spelt(card.name))
        for card in cards
        if not known & _emails(card)
        for one in called.keys() & _emails(card)
        if spelt(card.name) and all(are_two(spelt(card.name), other) for other in called[one])
    }


def _key(party: Party) -> HandleKey:
    return party.address.kind, party.address.value


def _ours(parsed: Sequence[Parsed]) -> frozenset[HandleKey]:
    """Of the addresses that took part, those of our own people."""
    keys = {_key(party) for each in parsed for one in each.sightings for party in one.parties}
    known = Handle.objects.filter(value__in=[value for _kind, value in keys], person__is_home=True)
    at_home = home_domains()
    return frozenset(known.values_list("kind", "value")) | {
        key for key in keys if key[0] == "email" and organization_domain(key[1]) in at_home
    }


def _words_here(origins: Sequence[str]) -> Words:
    known = Interaction.objects.filter(origin__in=origins).values_list("id", "origin", "title")
    by_id: dict[UUID, tuple[str, str]] = {one: (origin, title) for one, origin, title in known}
    texts = dict(Message.objects.filter(interaction_id__in=by_id).values_list("interaction_id", "text"))
    return {origin: (title, texts.get(one, "")) for one, (origin, title) in by_id.items()}


def _was_untitled(parsed: Parsed, words: Words) -> bool:
    """Whether a mail stands here without the subject it came with: an erasure took it, as it was theirs."""
    return any(
        one.kind == "mail" and bool(one.subject) and words.get(one.origin, ("", ""))[0] == "" and one.origin in words
        for one in parsed.sightings
    )
