"""Where an installation lives: its folders, its secrets, its port."""

from __future__ import annotations

import socket
import stat
from pathlib import Path

import pytest

from rapport.kit.house import House
from rapport.kit.trouble import Trouble


def test_the_environment_says_where_we_live(tmp_path: Path) -> None:
    house = House.from_environment({"RAPPORT_HOME": str(tmp_path / "here"), "RAPPORT_PORT": "8123"})
    assert house == House(tmp_path / "here", web_port=8123)


@pytest.mark.parametrize("port", ["0", "70000", "http", "-1", "８０００x"])
def test_a_port_that_is_none_is_refused(port: str) -> None:
    with pytest.raises(Trouble, match="between 1 and 65535"):
        House.from_environment({"RAPPORT_PORT": port})


def test_secrets_stay_and_only_their_owner_reads_them(tmp_path: Path) -> None:
    house = House(tmp_path / "home")
    assert house.secret_key == House(tmp_path / "home").secret_key
    assert house.secret_key != house.secret("another")
    for kept in ("keys/secret-key", "keys/another"):
        assert stat.S_IMODE((house.path / kept).stat().st_mode) == 0o600
    assert stat.S_IMODE(house.path.stat().st_mode) == 0o700


def test_a_secret_key_file_wins(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("k" * 40 + "\n")
    house = House.from_environment({"RAPPORT_HOME": str(tmp_path), "RAPPORT_SECRET_KEY_FILE": str(tmp_path / "key")})
    assert house.secret_key == "k" * 40


@pytest.mark.parametrize("content", [None, "short"])
def test_a_secret_key_file_that_is_no_key_is_refused(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "key").write_text(content)
    with pytest.raises(Trouble, match="key"):
        _ = House(tmp_path, secret_key_file=tmp_path / "key").secret_key


def test_the_name_of_a_house_survives_moving(tmp_path: Path) -> None:
    name = House(tmp_path / "old").identity
    (tmp_path / "old").rename(tmp_path / "new")
    assert House(tmp_path / "new").identity == name


def test_a_taken_port_is_refused_with_a_way_out(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Trouble, match=f"RAPPORT_PORT={port + 1}"):
            House(tmp_path, web_port=port).check_web_port()
    House(tmp_path, web_port=port).check_web_port()


def test_a_home_that_cannot_be_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(Trouble, match="RAPPORT_HOME"):
        _ = House(tmp_path / "file" / "home").logs_folder


def test_a_port_that_is_open_gives_no_page_yet() -> None:
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        opened.listen()
        house = House(Path("unused"), web_port=opened.getsockname()[1])
        assert not house.answers(patience=0.2)
