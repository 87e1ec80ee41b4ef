"""All tables of the one Django app, so that there is one migration history."""

from rapport.accounts.models import (
    Agenda,
    JournalEntry,
    Key,
    Membership,
    OneTimeLink,
    OutgoingMail,
    RememberedAnswer,
    SignInAttempt,
    User,
    Workspace,
)
from rapport.care.models import Suggestion, TodayList
from rapport.channels.models import Import, ImportFile, ImportItem, RawItem, Source
from rapport.interactions.models import AddressPart, Interaction, Message, PairChange, Participant, Thread, Words
from rapport.people.models import Affiliation, Fact, Handle, Merge, Organization, Person, PersonTag, Tag
from rapport.relationships.models import Relationship

__all__ = [
    "AddressPart",
    "Affiliation",
    "Agenda",
    "Fact",
    "Handle",
    "Import",
    "ImportFile",
    "ImportItem",
    "Interaction",
    "JournalEntry",
    "Key",
    "Membership",
    "Merge",
    "Message",
    "OneTimeLink",
    "Organization",
    "OutgoingMail",
    "PairChange",
    "Participant",
    "Person",
    "PersonTag",
    "RawItem",
    "Relationship",
    "RememberedAnswer",
    "SignInAttempt",
    "Source",
    "Suggestion",
    "Tag",
    "Thread",
    "TodayList",
    "User",
    "Words",
    "Workspace",
]
