"""Habits that matter, as rules. Each says what to do instead."""

from __future__ import annotations

import ast

from .code import Source, none, sources

CLOCKS = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "timezone.now", "time.time",
          "datetime.datetime.now", "datetime.datetime.utcnow", "datetime.date.today"}  # fmt: skip
WAYS_OUT = ("requests", "httpx", "aiohttp", "urllib.request", "urllib3", "http.client", "socket", "smtplib", "ftplib",
            "imaplib", "poplib", "telnetlib", "xmlrpc", "asyncio", "django.core.mail")  # fmt: skip
# Nothing here needs them so far. An entity or a picture of a few bytes grows to gigabytes in them.
READERS_OF_BOMBS = {"xml", "lxml", "xmltodict", "pyexpat", "html5lib", "bs4", "openpyxl", "docx", "odf", "feedparser",
                    "PIL", "cv2", "imageio", "wand", "pyvips", "cairosvg"}  # fmt: skip
WAY_OUT = "kit/egress.py"
# Who speaks to the database and to our own processes, which are on this machine or named by its host.
WITHIN = ("kit/postgres/", "kit/house.py", "kit/line.py")
# Thinking: values in, values out. Sentences are made in `wording.py`, which may ask the translation catalogue.
PURE = ("relationships/engine/", "moments/moment.py", "moments/rulebook.py", "moments/rules/", "moments/situation.py",
        "moments/wording.py", "care/ranking.py", "care/wording.py", "people/matching.py", "people/naming.py",
        "channels/mail/", "channels/calendar/", "channels/cards/", "channels/tables/", "channels/parsers.py",
        "channels/reading.py", "channels/recognising.py", "channels/sightings.py", "village/",
        "kit/text.py")  # fmt: skip
UNTIMELY = ("rapport.kit.clock.now", "random")
# What a door may touch of a tenant's rows without a room between: what `accounts` itself keeps.
OF_ACCOUNTS = {"Key", "JournalEntry", "RememberedAnswer"}


def test_only_the_command_line_prints() -> None:
    found = [s.at(call) for s in sources() if not s.is_in("doors/cli/") for call, name in s.calls() if name == "print"]
    none(found, "Return what you want to say, or take `say` as an argument: only the command line prints.")


def test_only_the_clock_knows_the_time() -> None:
    found = [s.at(call) for s in sources() if not s.is_in("kit/clock.py") for call, name in s.calls() if name in CLOCKS]
    none(
        found, "Take `now` as an argument, or at a door ask rapport.kit.clock.now(): `--as-of` and tests set that one."
    )


def test_values_never_become_part_of_a_query() -> None:
    found = [
        s.at(call)
        for s in sources()
        for call, name in s.calls()
        if name.rpartition(".")[2] in ("execute", "executemany", "RawSQL", "raw")
        and call.args
        and _is_glued(call.args[0])
    ]
    none(found, "Give values as parameters (%s) and names as psycopg.sql.Identifier; never by f-string, % or format.")


def _is_glued(query: ast.expr) -> bool:
    if isinstance(query, ast.JoinedStr):
        return True
    if isinstance(query, ast.BinOp) and isinstance(query.op, ast.Mod):
        return True
    # sql.SQL("…").format(…) quotes what it puts in; "…".format(…) does not
    is_format = isinstance(query, ast.Call) and isinstance(query.func, ast.Attribute) and query.func.attr == "format"
    return is_format and isinstance(query.func.value, ast.Constant)  # type: ignore[attr-defined]


def test_no_module_reads_xml_or_decodes_pictures() -> None:
    found = [
        f"{s.at(node)}: {name}"
        for s in sources()
        for node, name in s.imports()
        if name.partition(".")[0] in READERS_OF_BOMBS
    ]
    none(
        found, "Read XML with defusedxml, pictures in the sandbox (channels/parsers.py), and write down why it must be."
    )


def test_one_file_reaches_out_of_the_machine() -> None:
    found = [
        f"{s.at(node)}: {name}"
        for s in sources()
        if not s.is_in(WAY_OUT, *WITHIN)
        for node, name in s.imports()
        if name.startswith(tuple(f"{way}." for way in WAYS_OUT)) or name in WAYS_OUT
    ]
    none(found, "Leave the machine through rapport.kit.egress: one place decides how, and to whom.")


def test_the_ways_out_that_are_allowed_are_used() -> None:
    using = [s for s in sources() if any(name in WAYS_OUT for _node, name in s.imports())]
    none([one for one in (WAY_OUT, *WITHIN) if not any(s.is_in(one) for s in using)], "Nobody needs this any more:")


def test_thinking_is_pure() -> None:
    found = [
        f"{s.at(node)}: {name}"
        for s in sources()
        if s.is_in(*PURE)
        for node, name in s.imports()
        if _is_impure(s, name)
    ]
    found += [s.at(call) for s in sources() if s.is_in(*PURE) for call, name in s.calls() if name == "clock.now"]
    none(found, "Thinking takes values and the time, and gives values: load before, save after, in another file.")


def _is_impure(source: Source, name: str) -> bool:
    if source.path.name == "wording.py" and name.startswith("django.utils.translation"):
        return False
    if source.is_in("village/") and name.startswith("random"):
        return False  # the village draws from a seeded chance
    return name.startswith(("django", "psycopg")) or name in UNTIMELY


def test_doors_open_rows_through_rooms() -> None:
    from django.apps import apps

    from rapport.accounts.rows import TenantRow

    of_tenants = {model.__name__ for model in apps.get_models() if issubclass(model, TenantRow)} - OF_ACCOUNTS
    found = [
        f"{s.at(call)}: {name}"
        for s in sources()
        if s.is_in("doors/web/", "doors/api/", "doors/cli/", "doors/operations/")
        for call, name in s.calls()
        for model, _dot, method in [name.partition(".")]
        if model in of_tenants and method in ("objects.get", "objects.create", "objects.update", "objects.bulk_create")
    ]
    none(
        found, "Ask the room: its opener or its visible_to(viewer) knows who may see what, its verbs what may be done."
    )


def test_nothing_is_swallowed_whole() -> None:
    found = [
        s.at(node)
        for s in sources()
        for node in ast.walk(s.tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or getattr(node.type, "id", "") in ("Exception", "BaseException"))
        and all(isinstance(line, ast.Pass) for line in node.body)
    ]
    none(found, "Name the errors you expect, or keep what went wrong as a value beside the thing it is about.")


def test_nothing_happens_by_signal() -> None:
    found = [
        f"{s.at(node)}: {name}"
        for s in sources()
        for node, name in s.imports()
        if name.startswith(("django.db.models.signals", "django.dispatch"))
    ]
    none(found, "Call it by name in the verb that causes it: what happens together stands in one function.")
