"""What a workspace came to, in words that two runs share: no ids, no moments of making. Not a test itself."""

from __future__ import annotations

import hashlib
import json
from uuid import UUID

import psycopg

# How a person is known without an id: their first address, else their name.
PERSON = "coalesce((SELECT min(h.kind || ':' || h.value) FROM handle h WHERE h.person_id = {0}.id), {0}.name)"
# What is written by hand has an origin drawn by chance.
ORIGIN = "regexp_replace(i.origin, '^hand:.*', 'hand')"

QUERIES = {
    "people": f"SELECT {PERSON.format('p')}, p.name, p.sort_name, p.name_rank, p.said, p.time_zone, p.language,"
    " p.birthday_month, p.birthday_day, p.birthday_year, p.is_home, p.do_not_contact, p.touched_by_hand,"
    " p.merged_into_id IS NULL FROM person p",
    "handles": f"SELECT h.kind, h.value, h.as_written, h.origin, h.first_seen, h.last_seen, h.bounced_at,"
    f" {PERSON.format('p')} FROM handle h JOIN person p ON p.id = h.person_id",
    "organizations": "SELECT name, sort_name, domain, is_home FROM organization",
    "affiliations": f"SELECT {PERSON.format('p')}, o.name, o.domain, a.title, a.since, a.until, a.last_seen, a.origin"
    " FROM affiliation a JOIN person p ON p.id = a.person_id JOIN organization o ON o.id = a.organization_id",
    "facts": f"SELECT {PERSON.format('p')}, f.kind, f.value, f.learnt FROM fact f JOIN person p ON p.id = f.person_id",
    "interactions": f"SELECT {ORIGIN}, i.kind, i.at, i.until, i.all_day, i.title, i.excerpt, i.question, i.language,"
    " i.automatic, i.list_address, i.is_cancelled, i.is_contact, i.group_size, i.minutes, t.root"
    " FROM interaction i LEFT JOIN thread t ON t.id = i.thread_id",
    "participants": f"SELECT {ORIGIN}, {PERSON.format('p')}, a.part, a.response, a.address, a.at FROM participant a"
    " JOIN interaction i ON i.id = a.interaction_id JOIN person p ON p.id = a.person_id",
    "messages": f"SELECT {ORIGIN}, m.message_id, m.in_reply_to, m.text, m.has_html, m.attachments::text,"
    " encode(r.digest, 'hex') FROM message m JOIN interaction i ON i.id = m.interaction_id"
    " LEFT JOIN raw_item r ON r.id = m.raw_item_id",
    "threads": "SELECT root, subject FROM thread",
    "raw items": "SELECT encode(digest, 'hex'), format, size, md5(body), body IS NULL FROM raw_item",
    "files": "SELECT ordinal, name, size, format, position, bytes_read, is_read FROM import_file",
    "import items": "SELECT f.ordinal, m.ordinal, m.part, m.outcome, m.reason, m.detail, encode(m.prefix, 'hex'),"
    f" encode(r.digest, 'hex'), i.origin, {PERSON.format('p')} FROM import_item m"
    " JOIN import_file f ON f.id = m.file_id LEFT JOIN raw_item r ON r.id = m.raw_item_id"
    " LEFT JOIN interaction i ON i.id = m.interaction_id LEFT JOIN person p ON p.id = m.person_id",
    "relationships": f"SELECT {PERSON.format('h')}, {PERSON.format('p')}, r.contacts, r.first_at, r.last_at,"
    " r.state::jsonb FROM relationship r JOIN person h ON h.id = r.home_person_id JOIN person p ON p.id = r.person_id",
    "merges": f"SELECT {PERSON.format('k')}, g.name, m.undone_at IS NULL FROM merge m JOIN person k ON k.id = m.kept_id"
    " JOIN person g ON g.id = m.gone_id",
    "lists of days": f"SELECT {PERSON.format('h')}, l.day FROM today_list l JOIN person h ON h.id = l.home_person_id",
    "suggestions": f"SELECT {PERSON.format('p')}, s.day, s.rank, s.rule, s.care, s.minutes, s.state FROM suggestion s"
    " JOIN person p ON p.id = s.person_id",
    "journal": "SELECT verb, door, subject_name, undone_at IS NULL, way_back IS NULL FROM journal_entry",
    "members": 'SELECT u.email, m.role, m.ended_at IS NULL FROM membership m JOIN "user" u ON u.id = m.user_id'
    " WHERE m.workspace_id = current_setting('rapport.workspace')::uuid",
    "remembered answers": "SELECT key, status FROM remembered_answer",
    "marks left": "SELECT count(*) FROM pair_change",
    "imports": "SELECT state, sentence FROM import",
}

Outcome = dict[str, list[str]]


def outcome_of(app_address: str, workspace_id: UUID) -> Outcome:
    """Every row of the workspace that means something, as sorted lines."""
    with psycopg.connect(app_address) as connection:
        connection.execute("SELECT set_config('rapport.workspace', %s, true)", [str(workspace_id)])
        return {
            name: sorted(
                json.dumps([_plain(value) for value in row], default=str) for row in connection.execute(query.encode())
            )
            for name, query in QUERIES.items()
        }


def fingerprint(outcome: Outcome) -> str:
    """One line for all of it."""
    return hashlib.sha256(json.dumps(outcome, sort_keys=True).encode()).hexdigest()


def _plain(value: object) -> object:
    """Sums taken in another order differ in their last digits."""
    if isinstance(value, float):
        return float(f"{value:.9g}")
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value
