"""Person, Handle, Organization, Affiliation, Fact, Tag, PersonTag, Merge, Wish, Withdrawn, Tombstone."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import MD5

from rapport.accounts.models import Membership
from rapport.accounts.rows import SET_NULL, RowKey, TenantRow

from .ordering import as_listed


class Person(TenantRow):
    """A human being, for life, whatever the employer; ours and theirs are the same kind."""

    name = models.TextField()  # as written, in any script
    sort_name = models.TextField()  # the name folded: how names are compared and found
    listed_as = models.TextField(blank=True, default="", db_default="")  # folded: what somebody said lists go by
    filed_as = models.TextField(blank=True, default="", db_default="")  # folded: what we make of a name, unless plain
    listed_by = models.GeneratedField(
        expression=as_listed("sort_name", "listed_as", "filed_as"), output_field=models.TextField(), db_persist=True
    )
    name_rank = models.SmallIntegerField(default=0)  # how good the source of the name is; a better one replaces it
    said = models.TextField(blank=True, default="")  # how to say it
    pronouns = models.TextField(blank=True, default="")
    time_zone = models.TextField(blank=True, default="")
    language = models.TextField(blank=True, default="")
    birthday_month = models.SmallIntegerField(null=True)
    birthday_day = models.SmallIntegerField(null=True)
    birthday_year = models.SmallIntegerField(null=True)
    birthday_revised = models.DateTimeField(null=True)  # when the card was seen to on which it stands
    is_home = models.BooleanField(default=False)
    do_not_contact = models.BooleanField(default=False)  # kept by `wishes`, with the Wish that says who, when and why
    do_not_score = models.BooleanField(default=False, db_default=False)
    portrait = models.TextField(blank=True, default="")
    import_id = models.UUIDField(null=True)  # the import that brought them first; None when made by hand
    touched_by_hand = models.BooleanField(default=False)
    merged_into = RowKey("rapport.Person", null=True, when_gone=SET_NULL)
    made_at = models.DateTimeField()

    class Meta:
        app_label = "rapport"
        db_table = "person"
        indexes = [
            models.Index(fields=["workspace", "listed_by", "id"], condition=Q(merged_into=None), name="person_by_name"),
            models.Index(
                fields=["workspace", "sort_name", "id"], condition=Q(merged_into=None), name="person_by_written_name"
            ),
            models.Index(fields=["workspace", "birthday_month", "birthday_day"], name="person_by_birthday"),
            models.Index(fields=["workspace", "import_id"], name="person_by_import"),
            models.Index(fields=["workspace", "id"], condition=Q(is_home=True), name="person_home"),
            models.Index(fields=["workspace", "merged_into"], condition=~Q(merged_into=None), name="person_merged"),
        ]


# Any number of people answer a telephone; every other address is one person's.
ANSWERED_BY = models.Case(models.When(kind="phone", then=models.F("person")), default=models.F("workspace"))


class Handle(TenantRow):
    """An address that reaches a person: e-mail, phone, messenger or social id."""

    person = RowKey(Person)
    kind = models.TextField()
    value = models.TextField()  # normalised; of all but telephones unique within the workspace
    as_written = models.TextField(blank=True, default="")
    origin = models.TextField()  # mail, card, table, hand
    import_id = models.UUIDField(null=True)
    first_seen = models.DateTimeField(null=True)
    last_seen = models.DateTimeField(null=True)
    bounced_at = models.DateTimeField(null=True)
    # The names it was given with on cards: of a telephone as `words_of` has them, for a switchboard reaches many; of an
    # address of mail as `full_name` has them. Of what stands for an address of mail that is another's, that address.
    called = ArrayField(models.TextField(), default=list, db_default=[])

    class Meta:
        app_label = "rapport"
        db_table = "handle"
        constraints = [models.UniqueConstraint("workspace", "kind", "value", ANSWERED_BY, name="handle_once")]
        indexes = [models.Index(fields=["workspace", "person"], name="handle_of_person")]


class Organization(TenantRow):
    """A company or group; one is home."""

    name = models.TextField()
    sort_name = models.TextField()
    domain = models.TextField(null=True)
    is_home = models.BooleanField(default=False)
    import_id = models.UUIDField(null=True)
    touched_by_hand = models.BooleanField(default=False)
    # What they are now; the row stays for its domain and name, which still lead there.
    merged_into = RowKey("rapport.Organization", null=True, db_column="merged_into_id")
    made_at = models.DateTimeField()

    class Meta:
        app_label = "rapport"
        db_table = "organization"
        constraints = [
            models.UniqueConstraint(fields=["workspace", "domain"], name="organization_domain_once"),
            models.UniqueConstraint(fields=["workspace"], condition=Q(is_home=True), name="organization_one_home"),
        ]
        indexes = [
            models.Index(fields=["workspace", "sort_name", "id"], name="organization_by_name"),
            models.Index(
                fields=["workspace", "merged_into"], condition=~Q(merged_into=None), name="organization_merged"
            ),
        ]


class Affiliation(TenantRow):
    """A person at an organization: title, from, until. People move, their history stays."""

    person = RowKey(Person)
    organization = RowKey(Organization)
    title = models.TextField(blank=True, default="")
    title_revised = models.DateTimeField(null=True)  # when the card was seen to on which it stands
    since = models.DateField(null=True)
    until = models.DateField(null=True)  # settled by `moving`
    last_seen = models.DateTimeField(null=True)
    said_at = models.DateTimeField(null=True)  # when somebody said that they are here now
    origin = models.TextField()
    import_id = models.UUIDField(null=True)

    class Meta:
        app_label = "rapport"
        db_table = "affiliation"
        constraints = [models.UniqueConstraint(fields=["workspace", "person", "organization"], name="affiliation_once")]
        indexes = [
            models.Index(fields=["workspace", "organization", "until", "person"], name="affiliation_of_organization")
        ]


class Fact(TenantRow):
    """One thing known about a person: who noted it, how it was learnt, when it fades."""

    person = RowKey(Person)
    kind = models.TextField()
    value = models.TextField()
    learnt = models.TextField(default="told")  # told, noticed, public, imported
    noted_by = models.ForeignKey(Membership, null=True, on_delete=models.SET_NULL, related_name="+")
    noted_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    import_id = models.UUIDField(null=True)

    class Meta:
        app_label = "rapport"
        db_table = "fact"
        # By its hash: an index holds 2,704 bytes of a value, and these may have 8,000 (2,000 Chinese characters).
        constraints = [models.UniqueConstraint("workspace", "person", "kind", MD5("value"), name="fact_once")]


class Tag(TenantRow):
    """A word a team sorts people by."""

    name = models.TextField()

    class Meta:
        app_label = "rapport"
        db_table = "tag"
        constraints = [models.UniqueConstraint(fields=["workspace", "name"], name="tag_once")]


class PersonTag(TenantRow):
    """A tag on a person."""

    person = RowKey(Person)
    tag = RowKey(Tag)
    import_id = models.UUIDField(null=True)

    class Meta:
        app_label = "rapport"
        db_table = "person_tag"
        constraints = [models.UniqueConstraint(fields=["workspace", "person", "tag"], name="person_tag_once")]
        indexes = [models.Index(fields=["workspace", "tag", "person"], name="person_tag_of_tag")]


class Merge(TenantRow):
    """Two persons found to be one: what moved and what was dropped, so that it can be taken apart again."""

    kept = RowKey(Person, db_column="kept_id")
    gone = RowKey(Person, db_column="gone_id")
    at = models.DateTimeField()
    moved = models.JSONField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "rapport"
        db_table = "merge"
        indexes = [models.Index(fields=["workspace", "kept", "-at"], name="merge_of_kept")]


class Wish(TenantRow):
    """What a person asked of us: not to be contacted, or not to be scored. Who wrote it down, when, and why."""

    person = RowKey(Person)
    kind = models.TextField()  # do-not-contact, do-not-score
    why = models.TextField(blank=True, default="")
    noted_by = models.ForeignKey(Membership, null=True, on_delete=models.SET_NULL, related_name="+")
    noted_at = models.DateTimeField()
    import_id = models.UUIDField(null=True)  # on whose card it stood

    class Meta:
        app_label = "rapport"
        db_table = "wish"
        constraints = [models.UniqueConstraint(fields=["workspace", "person", "kind"], name="wish_once")]


class Withdrawn(TenantRow):
    """What somebody said is not so of a person: reading it again in a file does not bring it back."""

    person = RowKey(Person)
    kind = models.TextField()  # handle, fact, tag, place, birthday, wish
    value = models.TextField()  # as its room compares it
    said_at = models.DateTimeField()

    class Meta:
        app_label = "rapport"
        db_table = "withdrawn"
        # By its hash, as facts are.
        constraints = [models.UniqueConstraint("workspace", "person", "kind", MD5("value"), name="withdrawn_once")]


class Tombstone(TenantRow):
    """An address that must not come back: only a keyed hash of it. The key lies in the home, in no dump."""

    mark = models.TextField()
    key_mark = models.TextField()  # which key it was made with
    erasure_id = models.UUIDField()
    made_at = models.DateTimeField()

    class Meta:
        app_label = "rapport"
        db_table = "tombstone"
        constraints = [models.UniqueConstraint(fields=["workspace", "mark"], name="tombstone_once")]
        indexes = [models.Index(fields=["workspace", "erasure_id"], name="tombstone_of_erasure")]
