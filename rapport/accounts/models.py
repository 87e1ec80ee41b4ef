"""Workspace, User, Membership, OneTimeLink, OutgoingMail, Key, JournalEntry, RememberedAnswer, Agenda."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from rapport.kit.ids import new_id

from .rows import TenantRow


class Workspace(models.Model):
    """One business using Rapport. A sample one holds the village and is removed whole."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.TextField()
    is_sample = models.BooleanField(default=False)
    time_zone = models.TextField(default="UTC")
    created_at = models.DateTimeField()
    outgoing_held_since = models.DateTimeField(null=True)
    needs_second_factor = models.BooleanField(default=False)  # of everybody who enters it

    class Meta:
        app_label = "rapport"
        db_table = "workspace"


class UserManager(BaseUserManager["User"]):
    """Users are known by their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A new user; without a password one signs in by a one-time link."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """Somebody who signs in, in one or more workspaces."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(unique=True)
    name = models.TextField(blank=True, default="")
    language = models.TextField(default="en")
    theme = models.TextField(default="system")
    reading = models.TextField(default="house")
    keys_on = models.BooleanField(default=True)
    own_keys = models.JSONField(default=dict, db_default={})  # other keys than the usual ones: {"l": "m"}
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        app_label = "rapport"
        db_table = "user"


class Role(models.TextChoices):
    """What a member may do is decided in `access.py`; here are only the names, strongest first."""

    OWNER = "owner"
    ADMIN = "admin"
    LEAD = "lead"
    MEMBER = "member"
    GUEST = "guest"


class Membership(models.Model):
    """A user in a workspace, and the home person they are there."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    person_id = models.UUIDField(null=True)
    role = models.TextField(choices=Role.choices)
    time_zone = models.TextField(default="UTC")
    working_days = models.JSONField(default=list)  # ISO weekdays, 1 is Monday
    per_day = models.SmallIntegerField(default=7)  # people on Today, at most
    joined_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "rapport"
        db_table = "membership"
        constraints = [
            models.UniqueConstraint(fields=["workspace", "user"], name="membership_once"),
            # Two who sign in are two people: the second would read the mail of the first.
            models.UniqueConstraint(
                fields=["workspace", "person_id"], condition=models.Q(ended_at=None), name="membership_of_person_once"
            ),
        ]


class OneTimeLink(models.Model):
    """A link that signs somebody in once, lets them accept an invitation, or shows that an address is theirs.

    Only a hash of it is kept.
    """

    token_hash = models.TextField(primary_key=True)
    email = models.EmailField()
    for_password = models.BooleanField(default=False)  # it sets a new password, and signs nobody in by itself
    # The address they sign in with until `email` is confirmed by this link; empty for every other link.
    replaces = models.EmailField(blank=True, default="", db_default="")
    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="+")
    workspace = models.ForeignKey(Workspace, null=True, on_delete=models.CASCADE, related_name="+")
    role = models.TextField(blank=True, default="")
    invited_by = models.ForeignKey(Membership, null=True, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "rapport"
        db_table = "one_time_link"


class OutgoingMail(models.Model):
    """A mail to be sent, written with the link it carries, and what became of it.

    The link itself is not here: its token is worked out from `seed` and the secret key when the mail is sent. What only
    tells somebody something has no link; it goes `to` an address that was this user's.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.TextField()  # sign-in, invitation, password, address; address-asked and address-changed only tell
    # Links are in no backup; a mail whose link is gone is not sent any more.
    link = models.ForeignKey(
        OneTimeLink, null=True, db_constraint=False, on_delete=models.CASCADE, related_name="mails"
    )
    to = models.EmailField(blank=True, default="", db_default="")
    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="+")
    seed = models.TextField()
    site = models.TextField()  # where the link leads: https://rapport.example.com
    values = models.JSONField(default=dict)
    language = models.TextField(default="en")
    state = models.TextField(default="waiting")  # waiting, sending, sent, refused, late, unknown
    said = models.TextField(blank=True, default="")  # what the server said, where it did not take it
    tries = models.IntegerField(default=0)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()

    class Meta:
        app_label = "rapport"
        db_table = "outgoing_mail"
        indexes = [
            models.Index(
                fields=["due_at"], condition=models.Q(state__in=("waiting", "sending")), name="outgoing_mail_due"
            )
        ]


class SignInAttempt(models.Model):
    """A guess at a password or a request for a link, counted in the database to slow guessing down."""

    id = models.BigAutoField(primary_key=True)
    kind = models.TextField()
    who = models.TextField()
    at = models.DateTimeField()

    class Meta:
        app_label = "rapport"
        db_table = "sign_in_attempt"
        indexes = [models.Index(fields=["kind", "who", "at"], name="sign_in_attempt_recent")]


class Key(TenantRow):
    """A personal key for the API. Reads `rap_<workspace>_<secret>`; only a hash of the secret is kept."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    name = models.TextField()
    secret_hash = models.TextField()
    may_write = models.BooleanField(default=False)
    may_manage = models.BooleanField(default=False)  # and what concerns who gets in
    made_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "rapport"
        db_table = "key"
        constraints = [models.UniqueConstraint(fields=["workspace", "secret_hash"], name="key_once")]


class JournalEntry(TenantRow):
    """Who did what, when and by which door, and what it takes to undo it."""

    at = models.DateTimeField()
    membership = models.ForeignKey(Membership, null=True, on_delete=models.SET_NULL, related_name="+")
    door = models.TextField()
    verb = models.TextField()
    subject_id = models.UUIDField(null=True)
    subject_name = models.TextField(blank=True, default="")
    values = models.JSONField(default=dict)
    way_back = models.JSONField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Membership, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        app_label = "rapport"
        db_table = "journal_entry"
        indexes = [
            models.Index(fields=["workspace", "-at", "-id"], name="journal_recent"),
            models.Index(fields=["workspace", "subject_id", "-at"], name="journal_of_subject"),
        ]


class RememberedAnswer(TenantRow):
    """The answer an idempotency key got, so that asking again has no second effect."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    key = models.TextField()
    request_hash = models.TextField()
    status = models.IntegerField(default=0)
    body = models.TextField(blank=True, default="")
    made_at = models.DateTimeField()

    class Meta:
        app_label = "rapport"
        db_table = "remembered_answer"
        constraints = [
            models.UniqueConstraint(fields=["workspace", "membership", "key"], name="remembered_answer_once")
        ]


class Agenda(models.Model):
    """By which workers learn whose turn it is, across workspaces."""

    id = models.BigAutoField(primary_key=True)
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="+")
    kind = models.TextField()
    due_at = models.DateTimeField()

    class Meta:
        app_label = "rapport"
        db_table = "agenda"
        constraints = [models.UniqueConstraint(fields=["workspace", "kind"], name="agenda_once")]
        indexes = [models.Index(fields=["due_at"], name="agenda_due")]
