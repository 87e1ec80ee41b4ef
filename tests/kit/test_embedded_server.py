"""The embedded server: it starts, it is joined, it survives what kills it, and strangers stay outside."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
import threading
from pathlib import Path

import psycopg
import pytest
from psycopg import errors

from rapport.kit.house import House
from rapport.kit.postgres import Addresses, EmbeddedServer, create_scratch_database, drop_scratch_database
from rapport.kit.postgres.postmaster import postmaster_of
from rapport.kit.supervision.processes import is_alive, waited
from rapport.kit.trouble import Conflict


def answer(address: str, query: str) -> object:
    with psycopg.connect(address) as connection:
        row = connection.execute(query.encode()).fetchone()
    assert row is not None
    return row[0]


def write_a_row(addresses: Addresses) -> None:
    with psycopg.connect(addresses.owner) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS letter (body text)")
        connection.execute("INSERT INTO letter VALUES ('Dear Priya')")


def data_of(house: House) -> Path:
    return house.database_folder / "data"


def kill_the_server(house: House) -> None:
    server = postmaster_of(data_of(house))
    assert server is not None
    os.kill(server.pid, signal.SIGKILL)


def test_each_role_enters_as_itself_and_may_what_it_should(open_house: House) -> None:
    addresses = EmbeddedServer(open_house).start()
    write_a_row(addresses)
    assert answer(addresses.owner, "SELECT current_user") == "rapport_owner"
    assert answer(addresses.app, "SELECT count(*) FROM letter") == answer(
        addresses.backup, "SELECT count(*) FROM letter"
    )
    with pytest.raises(errors.InsufficientPrivilege):
        answer(addresses.app, "CREATE TABLE mine (id int)")
    with pytest.raises(errors.InsufficientPrivilege):
        answer(addresses.backup, "INSERT INTO letter VALUES ('x') RETURNING 1")
    rights = "SELECT string_agg(rolname || ' ' || rolsuper || ' ' || rolbypassrls, ', ' ORDER BY rolname) "
    assert answer(addresses.superuser, rights + "FROM pg_roles WHERE rolname ~ '^rapport_(owner|app|backup)'") == (
        "rapport_app false false, rapport_backup false true, rapport_owner false true"
    )


def test_no_one_enters_without_the_password(open_house: House) -> None:
    addresses = EmbeddedServer(open_house).start()
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(addresses.app.replace(open_house.secret("rapport_app"), "guess"))


def test_an_acknowledged_commit_is_on_disk_and_nobody_waits_for_ever(open_house: House) -> None:
    addresses = EmbeddedServer(open_house).start()
    for setting in ("fsync", "full_page_writes", "synchronous_commit", "data_checksums"):
        assert answer(addresses.app, f"SHOW {setting}") == "on"
    assert answer(addresses.app, "SHOW lock_timeout") == "2s"
    assert answer(addresses.app, "SHOW idle_in_transaction_session_timeout") == "30s"
    assert answer(addresses.app, "SHOW timezone") == "UTC"


def test_letters_of_every_script_are_letters(open_house: House) -> None:
    addresses = EmbeddedServer(open_house).start()
    assert answer(addresses.app, "SELECT lower('ŻÓŁĆ ÉVA')") == "żółć éva"
    assert answer(addresses.app, "SELECT cardinality(show_trgm('李明'))") == 3
    assert answer(addresses.app, "SELECT unaccent('Łódź')") == "Lodz"


def test_a_scratch_database_comes_ready_and_goes_with_its_visitors(open_house: House) -> None:
    addresses = EmbeddedServer(open_house).start()
    scratch = create_scratch_database(addresses, "scratch")
    write_a_row(scratch)
    assert answer(scratch.app, "SELECT similarity('priya', 'prya') > 0.3 FROM letter") is True
    copy = create_scratch_database(addresses, "scratch_copy", template="scratch")
    assert answer(copy.app, "SELECT count(*) FROM letter") == 1
    visitor = psycopg.connect(scratch.app)
    drop_scratch_database(addresses, "scratch")
    drop_scratch_database(addresses, "scratch_copy")
    with pytest.raises(psycopg.OperationalError):
        visitor.execute("SELECT 1")


def test_what_people_wrote_is_not_in_the_log(open_house: House) -> None:
    addresses = EmbeddedServer(open_house).start()
    with pytest.raises(psycopg.Error, match="a hidden word"):
        answer(addresses.app, "SELECT 'a hidden word'::int")
    with psycopg.connect(addresses.owner) as connection:
        connection.execute("CREATE TEMP TABLE secret (word text UNIQUE)")
        with pytest.raises(errors.UniqueViolation):
            connection.execute("INSERT INTO secret VALUES ('a hidden word'), ('a hidden word')")
    log = (open_house.logs_folder / "database.log").read_text()
    assert "ready to accept connections" in log
    assert "a hidden word" not in log


def test_strangers_on_this_machine_cannot_read_the_data(open_house: House) -> None:
    assert stat.S_IMODE(data_of(open_house).stat().st_mode) == 0o700
    if os.geteuid() == 0:
        server = postmaster_of(data_of(open_house))
        assert server is not None
        assert data_of(open_house).stat().st_uid != 0
        assert Path(f"/proc/{server.pid}").stat().st_uid != 0


def test_the_programs_come_along(open_house: House) -> None:
    said = subprocess.run([EmbeddedServer(open_house).binary("pg_dump"), "--version"], capture_output=True, text=True)
    assert said.stdout.startswith("pg_dump (PostgreSQL) 18")


def test_a_second_start_joins_and_a_block_leaves_it_running(open_house: House) -> None:
    first = EmbeddedServer(open_house).start()
    with EmbeddedServer(open_house).running() as second:
        assert second == first
    assert EmbeddedServer(open_house).is_running()


def test_many_may_start_it_at_once(house: House) -> None:
    found: list[Addresses] = []
    servers = [EmbeddedServer(house) for _ in range(4)]
    done = threading.Event()

    def start(server: EmbeddedServer) -> None:
        found.append(server.start())
        done.wait(120)  # the server ends with the thread that started it

    threads = [threading.Thread(target=start, args=(server,)) for server in servers]
    for thread in threads:
        thread.start()
    assert waited(lambda: len(found) == 4, 90)
    assert len(set(found)) == 1
    done.set()
    for thread in threads:
        thread.join()


def test_killed_with_sessions_at_work_it_starts_again_and_has_lost_nothing(house: House) -> None:
    server = EmbeddedServer(house)
    addresses = server.start()
    write_a_row(addresses)
    busy = psycopg.connect(addresses.app)
    # A session that computes does not notice that its server died, and would hold the memory for minutes.
    busy.pgconn.send_query(b"SELECT count(*) FROM generate_series(1, 1e10)")
    kill_the_server(house)
    assert waited(lambda: not server.is_running(), 10)
    again = server.start()
    assert not is_alive(busy.info.backend_pid)
    assert again == addresses
    assert answer(again.app, "SELECT count(*) FROM letter") == 1


def test_a_pid_file_that_names_somebody_else_does_not_stop_us(house: House) -> None:
    server = EmbeddedServer(house)
    server.start()
    kill_the_server(house)
    assert waited(lambda: not server.is_running(), 10)
    file = data_of(house) / "postmaster.pid"
    file.write_text("\n".join([str(os.getpid()), *file.read_text().splitlines()[1:]]))
    assert not server.is_running()
    server.start()
    assert server.is_running()


def test_a_set_up_cut_short_begins_anew(house: House) -> None:
    draft = house.database_folder / "data.draft"
    draft.mkdir(parents=True)
    (draft / "PG_VERSION").write_text("18\n")
    server = EmbeddedServer(house)
    assert answer(server.start().app, "SELECT 1") == 1


def test_two_houses_stand_side_by_side(house: House, neighbour: House) -> None:
    here, there = EmbeddedServer(house).start(), EmbeddedServer(neighbour).start()
    write_a_row(here)
    assert answer(there.owner, "SELECT to_regclass('letter')::text IS NULL") is True
    EmbeddedServer(house).stop()
    assert EmbeddedServer(neighbour).is_running()


def test_data_of_another_version_is_left_alone(house: House) -> None:
    EmbeddedServer(house).start()
    EmbeddedServer(house).stop()
    (data_of(house) / "PG_VERSION").write_text("17\n")
    with pytest.raises(Conflict, match="PostgreSQL 17"):
        EmbeddedServer(house).start()


def test_a_copied_home_does_not_write_into_the_first(house: House, tmp_path: Path) -> None:
    EmbeddedServer(house).start()
    EmbeddedServer(house).stop()
    shutil.copytree(house.path, tmp_path / "copy", symlinks=True)
    copy = House(tmp_path / "copy")
    if os.geteuid() == 0:  # root's data lies outside the home, and both would find the same
        with pytest.raises(Conflict, match="is a copy of"):
            EmbeddedServer(copy).start()
    else:
        with EmbeddedServer(copy).running() as addresses:
            assert answer(addresses.app, "SHOW data_directory") == str(copy.path / "database" / "data")


def test_lost_keys_are_told_in_a_sentence(house: House) -> None:
    EmbeddedServer(house).start()
    EmbeddedServer(house).stop()
    (house.path / "keys" / "rapport_superuser").write_text("another\n")
    with pytest.raises(Conflict, match="keys folder"):
        EmbeddedServer(house).start()


def test_it_ends_with_the_process_that_started_it(house: House) -> None:
    program = (
        "import sys, time, pathlib; from rapport.kit.house import House\n"
        "from rapport.kit.postgres import EmbeddedServer\n"
        "EmbeddedServer(House(pathlib.Path(sys.argv[1]))).start(); print('up', flush=True); time.sleep(60)"
    )
    starter = subprocess.Popen([sys.executable, "-c", program, str(house.path)], stdout=subprocess.PIPE)
    assert starter.stdout is not None
    assert starter.stdout.readline() == b"up\n"
    assert EmbeddedServer(house).is_running()
    starter.kill()
    starter.communicate()
    assert waited(lambda: postmaster_of(data_of(house)) is None, 30)
