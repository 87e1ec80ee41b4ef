"""A passkey in software, as a browser would answer for one: made once, shown as often as one likes."""

from __future__ import annotations

import json
from hashlib import sha256
from secrets import token_bytes
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

PRESENT, VERIFIED, HAS_KEY = 0x01, 0x04, 0x40


class SoftPasskey:
    """One device of one person."""

    def __init__(self, origin: str = "http://localhost") -> None:
        self.origin, self.id = origin, token_bytes(16)
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.user, self.used = b"", 0

    def make(self, asked: dict[str, Any]) -> str:
        """The answer to being asked to make a passkey."""
        told = asked["publicKey"]
        self.user = websafe_decode(told["user"]["id"])
        known = AttestedCredentialData.create(bytes(16), self.id, ES256.from_cryptography_key(self.key.public_key()))
        data = AuthenticatorData.create(_host(told["rp"]["id"]), PRESENT | VERIFIED | HAS_KEY, 0, known)
        response = {"attestationObject": bytes(AttestationObject.create("none", data, {}))}
        return self._answer("webauthn.create", told["challenge"], response, {"credProps": {"rk": True}})

    def show(self, asked: dict[str, Any], flags: int = PRESENT | VERIFIED) -> str:
        """The answer to being asked to show it."""
        told = asked["publicKey"]
        self.used += 1
        data = bytes(AuthenticatorData.create(_host(told["rpId"]), flags, self.used))
        client = self._client("webauthn.get", told["challenge"])
        signature = self.key.sign(data + sha256(client).digest(), ec.ECDSA(SHA256()))
        response = {"authenticatorData": data, "signature": signature, "userHandle": self.user}
        return self._answer("webauthn.get", told["challenge"], response, {})

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _answer(self, kind: str, challenge: str, response: dict[str, bytes], extensions: dict[str, Any]) -> str:
        response = {"clientDataJSON": self._client(kind, challenge), **response}
        return json.dumps(
            {
                "id": websafe_encode(self.id),
                "rawId": websafe_encode(self.id),
                "type": "public-key",
                "clientExtensionResults": extensions,
                "response": {name: websafe_encode(value) for name, value in response.items()},
            }
        )


def _host(name: str) -> bytes:
    return sha256(name.encode()).digest()
