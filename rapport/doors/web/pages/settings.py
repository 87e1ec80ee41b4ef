"""Settings: oneself, sessions, keys, what changed; and the team with its invitations."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from .shell import Choice, Face, Field


@dataclass(frozen=True, slots=True)
class KeyField:
    """One key that can be another: the field's name, what the key does, and the key."""

    name: str
    words: str
    field: Field


@dataclass(frozen=True, slots=True)
class WaitingAddress:
    """Another address to sign in with, until when its link works, and how far the mail is that brings it."""

    email: str
    until: datetime
    mail: str = ""


@dataclass(frozen=True, slots=True)
class SettingsPage:
    """The viewer's own settings. Who has no password sets the first one having just entered by a link."""

    name: Field
    email: Field
    time_zone: Field
    time_zones: tuple[Choice, ...]
    working_days: tuple[Choice, ...]
    languages: tuple[Choice, ...]
    themes: tuple[Choice, ...]  # system, light, dark
    readings: tuple[Choice, ...]  # plain, legible, system
    keys_on: bool
    keys: tuple[KeyField, ...]
    per_day: tuple[Choice, ...]  # people on Today, 1 to 7
    has_password: bool = True
    has_just_entered: bool = True
    can_mail: bool = False
    own_address: str = ""  # where that mail goes
    link_command: str = "rapport link --password"
    waiting: WaitingAddress | None = None
    address_command: str = ""  # where no mail goes out: what whoever runs Rapport types for another address
    address_current: Field = field(default_factory=Field)
    current: Field = field(default_factory=Field)
    password: Field = field(default_factory=Field)


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A place where the viewer is signed in. `id` is posted to end it."""

    id: str
    device: str
    place: str
    seen: datetime
    is_this: bool = False


@dataclass(frozen=True, slots=True)
class SessionsPage:
    """Where one is signed in."""

    sessions: tuple[SessionLine, ...]


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A personal API key; its secret is never shown again."""

    id: str
    name: str
    made: datetime
    used: datetime | None
    may_write: bool = False
    may_manage: bool = False
    until: datetime | None = None  # None: until it is removed
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class KeysPage:
    """Personal keys. `fresh` is the key just made, shown once; `may` is empty for who may only look themselves."""

    keys: tuple[KeyLine, ...]
    name: Field = field(default_factory=Field)
    fresh: str = ""
    may: tuple[Choice, ...] = ()
    lasts: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class PasskeyLine:
    """A passkey of the viewer's. `id` is in the address that removes it."""

    id: int
    name: str
    made: datetime
    used: datetime | None = None


@dataclass(frozen=True, slots=True)
class FactorsPage:
    """Second factors. `codes` are fresh recovery codes, shown once; `secret` and `picture` are for an app that is being
    set up.
    """

    passkeys: tuple[PasskeyLine, ...] = ()
    has_app: bool = False
    is_on: bool = False
    is_needed: bool = False  # by the workspace
    codes_left: int = 0
    codes: tuple[str, ...] = ()
    secret: str = ""
    picture: str = ""  # an address a picture is read from
    code: Field = field(default_factory=Field)
    name: Field = field(default_factory=Field)
    can_passkey: bool = True


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One entry of the journal."""

    id: str
    text: str
    by: str
    at: datetime
    can_undo: bool
    is_undone: bool = False
    why_not: str = ""  # why it can no longer be undone


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """What changed in the last thirty days, newest first."""

    changes: tuple[ChangeLine, ...]
    more: str | None = None


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A member of the workspace and their role; `roles` are what the viewer may make them: none where they may not,
    nor let them go. `let_in` is posted for a new link of theirs; none hides the button.
    """

    face: Face
    email: str
    role: str
    seen: datetime | None
    address: str | None = None
    is_viewer: bool = False
    let_in: str = ""
    link: str = ""  # shown to who made it, once
    id: str = ""
    roles: tuple[Choice, ...] = ()
    has_factor: bool = False  # shown to who manages
    may_reset: bool = False


@dataclass(frozen=True, slots=True)
class InviteLine:
    """An invitation that waits; `id` is posted to take it back."""

    id: str
    email: str
    role: str
    until: datetime
    link: str = ""  # shown to the inviter when mail cannot be sent
    mail: str = ""  # how far the mail is that brings it


@dataclass(frozen=True, slots=True)
class ColleagueLine:
    """Somebody of home who cannot sign in yet. `email` is posted to invite them; none hides the button."""

    face: Face
    note: str
    address: str
    email: str = ""


@dataclass(frozen=True, slots=True)
class TeamPage:
    """The members, the colleagues who are none yet, and the invitations."""

    members: tuple[MemberLine, ...]
    invites: tuple[InviteLine, ...]
    may_invite: bool
    email: Field = field(default_factory=Field)
    roles: tuple[Choice, ...] = ()
    colleagues: tuple[ColleagueLine, ...] = ()
    may_manage: bool = False
    may_own: bool = False
    needs_second_factor: bool = False
    called: Field = field(default_factory=Field)
    domain: Field = field(default_factory=Field)
    also: tuple[str, ...] = ()
    may_end: bool = False
