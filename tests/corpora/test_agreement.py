"""What sources expect of their files, and what we read: at least 95 of 100 agree, the others have a reason."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from . import dompurify, flufl_bounce, libical, mime4j, stalwart, tables, talon, tnef
from .agreement import Agreement, hold

SOURCES: dict[str, Callable[[Path], Agreement]] = {
    "stalwart": stalwart.measure,
    "mime4j": mime4j.measure,
    "flufl.bounce": flufl_bounce.measure,
    "talon": talon.measure,
    "mimekit-tnef": tnef.measure,
    "dompurify": dompurify.measure,
    "csv-spectrum": tables.spectrum,
    "pollock-polluted": tables.polluted,
    "pollock-real": tables.real,
}


@pytest.mark.parametrize("source", SOURCES)
def test_a_source_and_we_agree(shared: Path, source: str) -> None:
    hold(SOURCES[source](shared))


def test_rules_of_repetition_and_we_agree(shared: Path) -> None:
    """Not 95 of 100: libical's tests are of 1998's standard, and a quarter of them asks for what we leave out on
    purpose, or what the standard has settled otherwise since. Each of these is in the table too.
    """
    hold(libical.measure(shared), at_least=0.75)
