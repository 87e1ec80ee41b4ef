"""Source, Import, ImportFile, RawItem, ImportItem: what came in, byte for byte, and what became of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from rapport.accounts.models import Membership
from rapport.accounts.rows import RowKey, TenantRow


class Source(TenantRow):
    """Where interactions come from. A file source belongs to whose mail it is, so that bodies stay with them."""

    kind = models.TextField()
    name = models.TextField()
    owner = models.ForeignKey(Membership, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        app_label = "rapport"
        db_table = "source"


class Import(TenantRow):
    """One drop of files. Its counts are counted from its items; its state says what it waits for."""

    source = RowKey(Source)
    started_by = models.ForeignKey(Membership, null=True, on_delete=models.SET_NULL, related_name="+")
    home_addresses = models.JSONField(default=list)  # whose mail this is (`--as`)
    time_zone = models.TextField(default="UTC", db_default="UTC")  # of times and telephone numbers without one
    state = models.TextField()  # waiting, reading, paused, judging, done, cancelled, undoing, undone, stopped
    sentence = models.TextField(blank=True, default="")  # why it stopped, for people
    made_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    worked_seconds = models.FloatField(default=0)
    lease_until = models.DateTimeField(null=True)
    lease_token = models.UUIDField(null=True)

    class Meta:
        app_label = "rapport"
        db_table = "import"
        indexes = [models.Index(fields=["workspace", "-made_at"], name="import_recent")]


class ImportFile(TenantRow):
    """A file of an import: where it lies, how far it was read, how it continues."""

    # named `run` because `import` is taken in Python
    run = RowKey(Import, db_column="import_id")
    ordinal = models.IntegerField()
    name = models.TextField()
    stored_as = models.TextField(blank=True, default="")  # name in the file store
    size = models.BigIntegerField(default=0)
    format = models.TextField(blank=True, default="")
    position = models.BigIntegerField(default=0)  # items read and stored so far
    bytes_read = models.BigIntegerField(default=0)
    is_read = models.BooleanField(default=False)
    counts = models.JSONField(default=dict, db_default={})  # how its items ended: outcome, reason, how many

    class Meta:
        app_label = "rapport"
        db_table = "import_file"
        constraints = [
            models.UniqueConstraint(fields=["workspace", "run", "ordinal"], name="import_file_once"),
            models.UniqueConstraint(fields=["workspace", "run", "id"], name="import_file_of_import"),
        ]


class RawItem(TenantRow):
    """The bytes of a message, calendar, card or table as they came. Parsing is a derivation that can run again."""

    digest = models.BinaryField()  # SHA-256 of the bytes; unique within the workspace
    format = models.TextField()
    size = models.BigIntegerField()
    body = models.BinaryField(null=True)  # zlib; None where the bytes lie in the file store
    stored_as = models.TextField(blank=True, default="")
    came_at = models.DateTimeField()

    class Meta:
        app_label = "rapport"
        db_table = "raw_item"
        constraints = [models.UniqueConstraint(fields=["workspace", "digest"], name="raw_item_once")]


class ImportItem(TenantRow):
    """One thing an import found and how it ended: stored, already (here before), skipped by a rule, or quarantined."""

    run = RowKey(Import, db_column="import_id")  # watched over together with the file
    file = RowKey(ImportFile)
    name = models.TextField(
        blank=True, default="", db_default=""
    )  # of the file within `file`, where that is a folder or an archive
    ordinal = models.BigIntegerField()  # within the file
    part = models.IntegerField(default=0)  # within the raw item: event, card or row
    raw_item = RowKey(RawItem, null=True)
    prefix = models.BinaryField(null=True)  # what stood before it in its container (the mbox From line)
    outcome = models.TextField()
    reason = models.TextField(blank=True, default="")
    detail = models.TextField(blank=True, default="")
    interaction_id = models.UUIDField(null=True)
    person_id = models.UUIDField(null=True)

    class Meta:
        app_label = "rapport"
        db_table = "import_item"
        constraints = [
            models.UniqueConstraint(fields=["workspace", "file", "ordinal", "part"], name="import_item_once")
        ]
        indexes = [
            models.Index(fields=["workspace", "run", "outcome", "reason"], name="import_item_counts"),
            models.Index(fields=["workspace", "raw_item"], name="import_item_of_raw"),
            models.Index(
                fields=["workspace", "interaction_id"],
                condition=~Q(interaction_id=None),
                name="import_item_of_interaction",
            ),
            models.Index(fields=["workspace", "person_id"], condition=~Q(person_id=None), name="import_item_of_person"),
        ]
