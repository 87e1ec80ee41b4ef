"""What travels between us and the process that reads foreign bytes: length-prefixed MessagePack."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO

import msgspec

from .sightings import Parsed, ReadingOptions

_LENGTH_BYTES = 8


@dataclass(frozen=True, slots=True)
class Piece:
    """One raw item to read: its format, its bytes, and what its reader may be told."""

    format: str
    body: bytes
    options: ReadingOptions


_encoder = msgspec.msgpack.Encoder()
_pieces = msgspec.msgpack.Decoder(list[Piece])
_answers = msgspec.msgpack.Decoder(list[Parsed])


def encode(value: list[Piece] | list[Parsed]) -> bytes:
    """A batch as bytes."""
    return _encoder.encode(value)


def decode_pieces(frame: bytes) -> list[Piece]:
    """A batch of pieces as it was sent."""
    return _pieces.decode(frame)


def decode_answers(frame: bytes) -> list[Parsed]:
    """A batch of answers; msgspec.DecodeError where the child wrote something else."""
    return _answers.decode(frame)


def send(pipe: IO[bytes], frame: bytes) -> None:
    """Write one frame."""
    pipe.write(len(frame).to_bytes(_LENGTH_BYTES, "little"))
    pipe.write(frame)
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes | None:
    """Read one frame; None where the other side has gone."""
    head = pipe.read(_LENGTH_BYTES)
    if len(head) < _LENGTH_BYTES:
        return None
    size = int.from_bytes(head, "little")
    frame = pipe.read(size)
    return frame if len(frame) == size else None
