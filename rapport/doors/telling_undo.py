"""What taking an import back would do, in sentences, as every door says it."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rapport.interactions.undo_plan import UndoPlan


def going(plan: UndoPlan) -> Iterator[str]:
    """What goes."""
    if not plan.is_exact:
        said = ngettext("Up to %(n)s item it stored.", "Up to %(n)s items it stored.", plan.interactions)
        yield said % {"n": f"{plan.interactions:,}"}
        said = ngettext("Up to %(n)s person it brought.", "Up to %(n)s people it brought.", plan.people)
        yield said % {"n": f"{plan.people:,}"}
        return
    if many := plan.people_going:
        said = ngettext(
            "%(n)s person it brought, with what their cards said.",
            "%(n)s people it brought, with what their cards said.",
            many,
        )
        yield said % {"n": f"{many:,}"}
    if many := plan.interactions_going:
        said = ngettext("%(n)s mail or meeting.", "%(n)s mails and meetings.", many)
        yield said % {"n": f"{many:,}"}
    yield _("What it added to people who were here before: addresses, tags, birthdays and notes from its cards.")


def staying(plan: UndoPlan) -> Iterator[str]:
    """What stays."""
    if many := plan.changed_by_hand:
        said = ngettext(
            "%(n)s person you changed or wrote about, with name, addresses and place.",
            "%(n)s people you changed or wrote about, with their names, addresses and places.",
            many,
        )
        yield said % {"n": f"{many:,}"}
    if many := plan.known_otherwise:
        said = ngettext(
            "%(n)s person who is known from elsewhere, too.", "%(n)s people who are known from elsewhere, too.", many
        )
        yield said % {"n": f"{many:,}"}
    if many := plan.brought_twice:
        said = ngettext(
            "%(n)s mail or meeting that another import brought, too.",
            "%(n)s mails and meetings that another import brought, too.",
            many,
        )
        yield said % {"n": f"{many:,}"}
    if not plan.is_exact:
        yield _("Whoever you changed or wrote about, and whatever another import brought, too.")
    yield _("Notes, promises and logged talks: whatever was written by hand.")
