"""Of every column that can hold words: whether it is told to the person it is about, and if not, why.

A test compares this with the tables there are: a new column without a decision fails it.
"""

from __future__ import annotations

TOLD: dict[str, tuple[str, ...]] = {
    "person": (
        "name", "sort_name", "listed_as", "filed_as", "listed_by", "said", "pronouns", "time_zone", "language",
        "portrait",
    ),
    "handle": ("kind", "value", "as_written", "origin", "called"),
    "affiliation": ("title", "origin"),
    "organization": ("name", "sort_name", "domain"),
    "fact": ("kind", "value", "learnt"),
    "tag": ("name",),
    "wish": ("kind", "why"),
    "withdrawn": ("kind", "value"),
    "merge": ("moved",),
    "relationship": ("state", "tone"),
    "suggestion": ("moment", "rule", "care", "reason", "evidence", "ways", "state"),
    "today_list": ("considered",),
    "participant": ("part", "response", "address"),
    "interaction": (
        "kind", "origin", "title", "excerpt", "question", "place", "language", "automatic", "list_address",
    ),
    "message": ("message_id", "in_reply_to", "text", "attachments"),
    "thread": ("root", "subject"),
    "address_part": ("address", "name", "part", "response"),
    "import_item": ("name", "prefix", "outcome", "reason", "detail"),
    "import_file": ("name", "format"),
    "source": ("kind", "name"),
    "raw_item": ("body", "format"),
    "journal_entry": ("door", "verb", "subject_name", "values", "way_back"),
}  # fmt: skip

_BYTES = "the bytes are told: they lie in the file as they came"
_IMPORT = "says how an import went, not who is in it"
_ACCOUNT = "belongs to the account of a member, who sees and changes it in Settings"
_MARKS = "holds nobody's words: what is kept of an erasure is a keyed mark and numbers"

APART: dict[str, str] = {
    "saved_view.name": "a member's own word for a list of people",
    "saved_view.asked": "what a list asks for, never who is in it",
    "raw_item.digest": _BYTES,
    "raw_item.stored_as": _BYTES,
    "import_file.stored_as": "names bytes of an import that is not over; they are gone when it is",
    "import_file.counts": _IMPORT,
    "import.state": _IMPORT,
    "import.sentence": _IMPORT,
    "import.time_zone": _IMPORT,
    "import.home_addresses": "addresses of our own people, told as theirs",
    "key.name": _ACCOUNT,
    "key.secret_hash": _ACCOUNT,
    "remembered_answer.key": "a program's word for one of its requests, kept for a day",
    "remembered_answer.request_hash": "a hash, kept for a day",
    "remembered_answer.body": "an answer once more, kept for a day; what it says is told from where it came",
    "tombstone.mark": _MARKS,
    "tombstone.key_mark": _MARKS,
    "erasure.stage": _MARKS,
    "erasure.sought": "whom an erasure at work looks for: from its beginning on nobody is here to be told",
    "erasure.leaving": "names of files by their hash, while an erasure is at work",
    "erasure.counts": _MARKS,
    "erasure_item.part": _MARKS,
}
