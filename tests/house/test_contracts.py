"""The order of the rooms, as `pyproject.toml` states it."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
CONTRACTS = tomllib.loads((HOME / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]


def test_rooms_import_only_what_lies_before_them() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([program, "--no-cache"], cwd=HOME, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-1000:]


def test_every_room_has_its_place_in_the_order() -> None:
    layers = next(one["layers"] for one in CONTRACTS if one["type"] == "layers")
    placed = {name.strip() for layer in layers for name in layer.split("|")}
    rooms = {f"rapport.{folder.name}" for folder in (HOME / "rapport").iterdir() if (folder / "__init__.py").exists()}
    assert rooms - placed == {"rapport.migrations", "rapport.village"}, (
        "Give the new room its place in the contract `rooms` of pyproject.toml, after what it reads."
    )
