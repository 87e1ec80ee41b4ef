"""The command and its verbs. Django is loaded only by a verb that needs it: `--help` answers at once."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from rapport import __version__
from rapport.kit.trouble import Trouble

from . import (
    acting,
    configuring,
    doing,
    keeping,
    knowing,
    looking_at_imports,
    reading,
    rights,
    running,
    searching,
    writing,
)
from .printing import say

# Plain text: drawing boxes took longer than everything else together.
EXAMPLES = """\b
Examples:
  rapport up                                     open Rapport
  rapport import mail.mbox --as you@firm.com     read what you have
  rapport today                                  whom to care for
  rapport why priya                              how you two stand
  rapport log "called priya 10 min, rota works"  what happened

\b
Each command tells more: rapport today --help
"""

app = typer.Typer(
    help="Rapport tells a team how strong every relationship is, and what to do for people today.",
    epilog=EXAMPLES,
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

for module in (
    running, reading, searching, knowing, writing, looking_at_imports, acting, doing, rights, keeping, configuring,
):  # fmt: skip
    module.register(app)


def _say_version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@app.callback(no_args_is_help=True)
def _before(
    version: Annotated[
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help="Say which version this is.")
    ] = False,
) -> None:
    pass


@app.command()
def version() -> None:
    """Say which version this is.

    \b
    Examples:
      rapport version
    """
    typer.echo(__version__)


def run() -> None:
    """Run a command; Trouble becomes its sentence on stderr and its own exit code (docs/host/command-line.md)."""
    configuring.be_ready_to_complete()
    try:
        app(prog_name="rapport")
    except Trouble as trouble:
        say(trouble.sentence)
        sys.exit(trouble.exit_code)
    except BrokenPipeError:
        sys.exit(0)
