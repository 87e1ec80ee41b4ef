"""Behind a web server with TLS, reached by a name of its own: cookies, headers, and whom a passkey is bound to."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from rapport.kit.postgres import Addresses

HOST = "rapport.example.com"
ASK = """
import json, django
django.setup()
from django.conf import settings
from django.test import Client
from rapport.accounts.models import User
User.objects.filter(email="tls@home.example").delete()
User.objects.create_user("tls@home.example", "a long enough secret")
through = {"HTTP_HOST": "HOST", "HTTP_X_FORWARDED_PROTO": "https", "HTTP_X_FORWARDED_FOR": "9.9.9.9, 10.0.0.7"}
client = Client(**through)
page = client.get("/accounts/login")
said = client.post("/accounts/login", {"email": "tls@home.example", "password": "a long enough secret"})
asked = Client(**through).post("/accounts/passkey/begin")
print(json.dumps({
    "cookies": {name: {key: value for key, value in one.items() if value} for name, one in client.cookies.items()},
    "hsts": page.headers.get("Strict-Transport-Security"),
    "rp": asked.json()["publicKey"]["rpId"],
    "other": Client(HTTP_HOST="evil.example").get("/accounts/login").status_code,
    "local": Client(HTTP_HOST="localhost").get("/livez").status_code,
    "plain": "Strict-Transport-Security" in Client(HTTP_HOST="HOST").get("/accounts/login").headers,
    "status": said.status_code,
    "origins": settings.CSRF_TRUSTED_ORIGINS,
}))
User.objects.filter(email="tls@home.example").delete()
""".replace('"HOST"', f'"{HOST}"')


@pytest.fixture(scope="module")
def told(django_db_setup: None, addresses: Addresses) -> dict[str, Any]:
    """What another process answers that was started with these settings."""
    environment = os.environ | {
        "RAPPORT_APP_DSN": addresses.app, "RAPPORT_HOSTS": HOST, "RAPPORT_BEHIND_TLS": "yes",
        "DJANGO_SETTINGS_MODULE": "rapport.settings",
    }  # fmt: skip
    done = subprocess.run([sys.executable, "-c", ASK], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_cookies_are_bound_to_this_host_and_to_tls(told: dict[str, Any]) -> None:
    assert told["status"] == 303
    assert set(told["cookies"]) == {"__Host-rapport", "__Host-rapport-csrf"}
    for one in told["cookies"].values():
        assert (one["secure"], one["httponly"], one["samesite"], one["path"]) == (True, True, "Lax", "/")
        assert "domain" not in one


def test_browsers_are_told_to_use_nothing_else(told: dict[str, Any]) -> None:
    assert told["hsts"] == "max-age=31536000"
    assert not told["plain"]
    assert told["origins"] == [f"https://{HOST}"]


def test_a_passkey_is_bound_to_the_name(told: dict[str, Any]) -> None:
    assert told["rp"] == HOST


def test_a_name_that_was_not_said_is_refused(told: dict[str, Any]) -> None:
    assert (told["other"], told["local"]) == (400, 200)
