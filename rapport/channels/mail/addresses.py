"""Address headers read into addresses: groups, comments, quotes and the junk of thirty years, in one linear pass."""

from __future__ import annotations

import re

from ..sightings import Address
from .encoded import readable

# A mail to more than this many is an announcement; the rest of the list is passed over.
ADDRESS_LIMIT = 2_000

_TOKEN = re.compile(
    r"=\?[^?\s]+\?[bBqQ]\?[^?\s]*\?=|\"(?:[^\"\\]|\\.)*\"?|<[^<>]*>?|\((?:[^()\\]|\\.)*\)?|[,;:]|[^\s\"<(,;:]+|\s+|.",
    re.DOTALL,
)
_EMAIL = re.compile(r"[^\s@<>()\"',;:\[\]]+@(?:[^\s@<>()\"',;:\[\]]+|\[[0-9a-fA-F.:IPv]+\])$")
_LOOSE = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,255}")
# "ana at x dot org"; without a dot behind it, "at" is a word like any other.
_SPAM_GUARD = re.compile(
    r"\s*([\w.+-]{1,64})(?:\s+at\s+|\s*[(\[]at[)\]]\s*)((?:[\w-]{1,63}(?:\s+dot\s+|\.))+[^\W\d_]{2,63})\s*",
    re.IGNORECASE,
)
_DOT = re.compile(r"\s+dot\s+", re.IGNORECASE)
_AROUND = re.compile(r"\s{0,20}([@.])\s{0,20}")
_BLANKS = re.compile(r"\s+")


def read_addresses(value: str) -> tuple[Address, ...]:
    """The mailboxes of a From, To or Cc header, groups flattened. What is no address is left out."""
    simple = _simple(value)
    if simple is not None:
        return simple
    found: list[Address] = []
    words: list[str] = []
    comment, angle = "", ""
    for token in _TOKEN.findall(value):
        first = token[0]
        if first == "," or (first == ";"):
            _finish(found, words, angle, comment)
            words, comment, angle = [], "", ""
            if len(found) >= ADDRESS_LIMIT:
                break
        elif first == ":" and not angle and "@" not in "".join(words):
            words = []  # the name of a group
        elif first == "<":
            angle = token
        elif first == "(" and token.lower() != "(at)":
            comment = token.strip("()")
        else:
            words.append(token)
    else:
        _finish(found, words, angle, comment)
    if not found and "@" in value:
        found = [Address("email", address) for token in _LOOSE.findall(value[:10_000]) if (address := email_of(token))]
    return tuple(dict.fromkeys(found))


def email_of(text: str) -> str:
    """The address in normal form, lower case, domains readable rather than punycode; empty where it is none."""
    bare = text.strip().strip("<>").strip("'` ")
    if bare.startswith('"') and '"@' in bare:
        return _quoted_local(bare)
    bare = _AROUND.sub(r"\1", bare.strip('"')).strip().rstrip(".,;")  # a blank elsewhere parts words
    if bare.lower().startswith("mailto:"):
        bare = bare[7:]
    if ":" in bare and bare.startswith("@"):
        bare = bare.rpartition(":")[2]  # an old source route
    local, _, domain = bare.rpartition("@")
    if not _EMAIL.match(bare) or len(bare) > 320 or (local.startswith("/") and "=" in local):
        return ""  # X.400 and gateways' own languages reach nobody
    return f"{local.lower()}@{_readable_domain(domain.lower().strip('.'))}" if domain.strip(".") else ""


def _simple(value: str) -> tuple[Address, ...] | None:
    # Nine mails of ten: one mailbox, "Name <address>" or an address alone.
    if any(letter in value for letter in ',;:("\\') or value.count("<") > 1:
        return None
    name, angle, rest = value.partition("<")
    address = email_of(rest.partition(">")[0] if angle else value)
    if not address:
        return None
    return (_named(address, _name_of(name) if angle else ""),)


def _finish(found: list[Address], words: list[str], angle: str, comment: str) -> None:
    joined = "".join(words)
    if angle:
        address = email_of(angle)
        name = _name_of(joined) or _name_of(comment)
    else:
        address = email_of(joined) or _unguarded(joined)
        name = _name_of(comment)
    if not address and not angle:
        inside = next((word for word in words if email_of(word)), "")
        address, name = email_of(inside), _name_of(joined.replace(inside, "")) if inside else ""
    if address:
        found.append(_named(address, name))


def _unguarded(written: str) -> str:
    found = _SPAM_GUARD.fullmatch(written)
    return email_of(f"{found.group(1)}@{_DOT.sub('.', found.group(2))}") if found else ""


def _named(address: str, name: str) -> Address:
    # An address written twice is not a name.
    return Address("email", address, "" if "@" in name and email_of(name) else name)


def _name_of(written: str) -> str:
    bare = written.strip()
    if bare[:1] == '"':
        bare = re.sub(r"\\(.)", r"\1", bare.strip('"'))
    name = _BLANKS.sub(" ", readable(bare)).strip().strip("'\"").strip()
    return name[:200]


def _quoted_local(bare: str) -> str:
    found = re.match(r'"((?:[^"\\]|\\.){1,64})"@([\w.-]{1,255})$', bare)
    if not found:
        return ""
    local = found.group(1).lower()
    local = local if re.fullmatch(r"[\w.+-]+", local) else f'"{local}"'
    return f"{local}@{_readable_domain(found.group(2).lower().strip('.'))}"


def _readable_domain(domain: str) -> str:
    if "xn--" not in domain:
        return domain
    try:
        return domain.encode("ascii").decode("idna")
    except (UnicodeError, ValueError):
        return domain
