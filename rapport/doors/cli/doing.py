"""do: every operation of the catalogue by its name."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rapport.kit.trouble import NotFound, NotUnderstood, Trouble

from . import completing
from .entering import MemberOption, WorkspaceOption, entered
from .printing import answer, answer_json, columns
from .reading import one_person
from .words import _

if TYPE_CHECKING:
    from rapport.accounts.access import Viewer
    from rapport.doors.operations.catalogue import Operation

PEOPLE = ("person_id", "person_ids", "other")  # fields that take a name as well as an id


def register(app: typer.Typer) -> None:
    """Put this verb into the command."""
    app.command("do")(do_by_name)


def do_by_name(
    name: Annotated[
        str, typer.Argument(help="Which operation, as `rapport do` lists them.", autocompletion=completing.operations)
    ] = "",
    values: Annotated[
        list[str] | None, typer.Argument(help="What it takes, each as name=value.", autocompletion=completing.values)
    ] = None,
    fields: Annotated[bool, typer.Option("--fields", help="Say what it takes instead of doing it.")] = False,
    workspace: WorkspaceOption = "",
    member: MemberOption = "",
) -> None:
    """Do any operation of the API, by its name.

    It answers in JSON. People can be said by name.

    \b
    Examples:
      rapport do
      rapport do people.edit --fields
      rapport do people.add name="Zoë Chan" email=zoe@quayside.example
      rapport do people.note person_id=zoe text="Mornings are best."
    """
    with entered(workspace, member) as viewer:
        from rapport.doors.operations.catalogue import call, catalogue

        if not name:
            _list(catalogue())
            return
        operation = catalogue().get(name)
        if operation is None:
            raise NotFound(_("There is no operation “%(name)s”. See all: rapport do") % {"name": name})
        if fields:
            _show_fields(operation)
            return
        if operation.carries == "files":
            raise Trouble(_("Files are read with: rapport import FILE --as you@firm.com"), code="use-import")
        found = call(name, viewer, "cli", _given(viewer, operation, values or []))
    if operation.carries == "bytes":
        sys.stdout.buffer.write(found.body)
    else:
        answer_json(found)


def _list(operations: dict[str, Operation]) -> None:
    for line in columns([(name, operation.summary) for name, operation in operations.items()]):
        answer(line)
    answer()
    answer(_("What one takes: rapport do NAME --fields"))


def _show_fields(operation: Operation) -> None:
    answer(f"{operation.name}: {operation.summary}")
    rows: list[tuple[str, ...]] = []
    for name, field in operation.takes.model_fields.items():
        kind = _("a person") if name in PEOPLE else _kind(field.annotation)
        needed = _("needed") if field.is_required() else ""
        rows.append((f"  {name}", kind, needed, field.description or ""))
    for line in columns(rows):
        answer(line.rstrip())
    if not rows:
        answer("  " + _("It takes nothing."))


def _kind(annotation: Any) -> str:
    """ "str | None" of an annotation, without where its names come from."""
    if isinstance(annotation, type) and not hasattr(annotation, "__args__"):
        return annotation.__name__
    return str(annotation).replace("typing.", "").replace("uuid.", "").replace("datetime.", "").replace("'", "")


def _given(viewer: Viewer, operation: Operation, values: list[str]) -> dict[str, Any]:
    """The values by field; a field that takes several is said several times."""
    given: dict[str, Any] = {}
    for value in values:
        name, sign, text = value.partition("=")
        if not sign:
            wrong = _("“%(value)s” names no field. Write name=value: rapport do %(operation)s --fields")
            raise NotUnderstood(wrong % {"value": value, "operation": operation.name}, code="no-field")
        said: Any = one_person(viewer, text) if name in PEOPLE else text
        if _takes_several(operation, name):
            given.setdefault(name, []).append(said)
        else:
            given[name] = said
    return given


def _takes_several(operation: Operation, name: str) -> bool:
    field = operation.takes.model_fields.get(name)
    return field is not None and "list[" in str(field.annotation)
