"""The manifest of a backup: what is in it, and from which Rapport and schema it came."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from .sealing import Member

NAME = "manifest.json"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class BackupManifest:
    """`schema` are the migrations that had run, `counts` the rows per table, `missing` files that rows name in vain,
    `erasure_key` the mark of the key by which the home knows erased people again (older backups name
    none).
    """

    made_at: datetime
    version: str
    postgres: str
    schema: tuple[str, ...]
    counts: dict[str, int]
    members: tuple[Member, ...]
    missing: tuple[str, ...] = ()
    erasure_key: str = ""

    @property
    def files(self) -> int:
        """How many stored files are in it."""
        return sum(member.name.startswith("files/") for member in self.members)

    @property
    def size(self) -> int:
        """Bytes of all members together."""
        return sum(member.size for member in self.members)

    def to_json(self) -> bytes:
        """As it stands in the file."""
        values = asdict(self) | {"format": FORMAT, "made_at": self.made_at.isoformat()}
        return json.dumps(values, indent=1, sort_keys=True).encode()


def read_manifest(body: bytes) -> BackupManifest | None:
    """The manifest; None where a later Rapport wrote it in a form this one does not know."""
    values: dict[str, Any] = json.loads(body)
    if values["format"] != FORMAT:
        return None
    return BackupManifest(
        made_at=datetime.fromisoformat(values["made_at"]),
        version=values["version"],
        postgres=values["postgres"],
        schema=tuple(values["schema"]),
        counts=values["counts"],
        members=tuple(Member(**member) for member in values["members"]),
        missing=tuple(values["missing"]),
        erasure_key=values.get("erasure_key", ""),
    )
