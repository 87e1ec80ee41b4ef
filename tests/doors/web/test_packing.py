"""Files of the look come packed, the same each time; a font, which is packed already, as it is."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

LOOK = Path(__file__).parents[3] / "rapport/doors/web/look"
FONT = "fonts/hanken-grotesk-latin-wght-normal.woff2"


def asked(path: str, **headers: str) -> tuple[Any, bytes]:
    answer = Client().get(f"/static/{path}", headers=headers)
    return answer, b"".join(answer.streaming_content)


@pytest.mark.parametrize("path", ["rapport.css", "js/keys.js", "icons.svg"])
def test_a_file_is_packed_as_small_as_it_gets(path: str) -> None:
    answer, body = asked(path, accept_encoding="gzip, br")
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert int(answer.headers["Content-Length"]) == len(body)
    assert gzip.decompress(body) == (LOOK / path).read_bytes()
    assert asked(path, accept_encoding="gzip")[1] == body, "nothing by chance is in it"


def test_who_takes_none_and_what_is_packed_already_stays_as_it_is() -> None:
    assert asked("rapport.css")[1] == (LOOK / "rapport.css").read_bytes()
    answer, body = asked(FONT, accept_encoding="gzip")
    assert "Content-Encoding" not in answer.headers
    assert body == (LOOK / FONT).read_bytes()


@pytest.mark.django_db
def test_a_page_is_packed_in_a_length_that_tells_nothing() -> None:
    lengths = {len(Client().get("/accounts/login", headers={"accept-encoding": "gzip"}).content) for _turn in range(12)}
    assert max(lengths) - min(lengths) > 10
