"""The file a person takes away: one zip with a page to read, the same as JSON, and the bytes as they came."""

from __future__ import annotations

import io
import json
import zipfile
from html import escape
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .everything import Everything
from .wording import Pairs, introduction, made_when, told_of

_LOOK = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}"
    "h2{margin-top:2.5rem;font-size:1.15rem}dl{border-top:1px solid #ddd;margin:0;padding:.6rem 0}"
    "dt{color:#666;font-size:.85rem}dd{margin:0 0 .4rem;white-space:pre-wrap;overflow-wrap:anywhere}"
)


def told(about: Everything) -> dict[str, Any]:
    """As plain values, for JSON."""
    return {
        "person_id": str(about.person_id),
        "name": about.name,
        "made_at": about.made_at.isoformat(),
        "is_whole": about.is_whole,
        "sections": {key: list(rows) for key, rows in about.sections.items()},
        "originals": sorted(about.originals),
    }


def zip_of(about: Everything) -> bytes:
    """The whole file."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("read-me.html", html_of(about))
        archive.writestr("everything.json", json.dumps(told(about), ensure_ascii=False, indent=1))
        for name, body in about.originals.items():
            archive.writestr(name, body)
    return target.getvalue()


def html_of(about: Everything) -> str:
    """A page that needs nothing around it."""
    title = _("What is known about %(name)s") % {"name": about.name}
    parts = [
        f'<!doctype html><html lang="{get_language() or "en"}"><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(title)}</title>',
        f"<style>{_LOOK}</style><h1>{escape(title)}</h1><p>{escape(introduction(about))}</p>",
        f"<p><small>{escape(made_when(about))}</small></p>",
    ]
    for section in told_of(about):
        parts.append(f"<h2>{escape(section.title)} ({len(section.rows)})</h2>")
        parts.append(f"<p><small>{escape(section.note)}</small></p>" if section.note else "")
        parts += [_row(row) for row in section.rows]
    return "\n".join(parts)


def _row(pairs: Pairs) -> str:
    return f"<dl>{''.join(f'<dt>{escape(name)}</dt><dd>{escape(value)}</dd>' for name, value in pairs)}</dl>"
