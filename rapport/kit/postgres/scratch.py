"""Databases for a while: for a test, or to try a backup before it is believed."""

from __future__ import annotations

import psycopg
from psycopg import sql

from .addresses import OWNER, Addresses
from .roles import arrange_database


def create_scratch_database(addresses: Addresses, name: str, template: str = "template1") -> Addresses:
    """A new database that the owner owns; one of that name is replaced. The template must have no visitors."""
    drop_scratch_database(addresses, name)
    create = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}")
    with psycopg.connect(addresses.superuser, autocommit=True) as connection:
        connection.execute(create.format(sql.Identifier(name), sql.Identifier(OWNER), sql.Identifier(template)))
    there = addresses.in_database(name)
    with psycopg.connect(there.superuser, autocommit=True) as connection:
        arrange_database(connection, owned=False)
    return there


def drop_scratch_database(addresses: Addresses, name: str) -> None:
    """Remove it with whoever is still inside."""
    with psycopg.connect(addresses.superuser, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
