"""A lab on the server of this run, with homes that begin migrated and empty."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from rapport.kit.postgres import Addresses
from tests.conftest import point_django_at

from .lab import Lab


@pytest.fixture(scope="module")
def lab(
    django_db_setup: None, django_db_blocker: Any, addresses: Addresses, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Lab]:
    with django_db_blocker.unblock():
        lab = Lab(addresses, tmp_path_factory.mktemp("lab"))
        yield lab
        lab.discard()
        point_django_at(addresses)
