"""Every route of the pages and of the API: whom it asks for what, and about which kind of thing.

A route that is not here fails `test_every_route_is_declared`. Declare what your new route asks for and what it is
about; what everybody is answered follows from that, from the roles (`rapport/accounts/access.py`) and from the cast.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from rapport.accounts.access import RIGHTS, Right
from rapport.accounts.models import Role

Asks = Right | Literal["nothing", "session", "membership"]


@dataclass(frozen=True, slots=True)
class Route:
    """What a route asks of whoever comes.

    `asks`: a right; or nothing of anybody, to be signed in, to be a member.
    `about`: the kind of thing its address or form names. `form`: what is posted, `{id}` is the thing's.
    `may_be`: answers beside success that are right for who may, by the state of the thing ("" for any), with a reason.
    `absent`: what is answered where the thing is not there for whoever asks.
    `only`: the roles that may, where having the right is not enough.
    """

    asks: Asks
    about: str = ""
    form: Mapping[str, Any] = field(default_factory=dict)
    may_be: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    absent: int = 404
    only: frozenset[str] = frozenset(RIGHTS)


_UNDONE = {"the owner's, undone": (409, "was taken back already")}
_DONE = {"the member's, done": (409, "was done already")}
_USED = {"guessed": (410, "works no more")} | dict.fromkeys(
    ("of an invitation", "to another address"), (403, "is for somebody else")
)
_GONE = {"merged": (404, "say it of who they are now")}
_LAST = dict.fromkeys(("owner", "next door"), (409, "somebody always owns a workspace"))
_PARTED = {"parted": (409, "they are two already")}
_OWN_PLACE = {"our own": (409, "its domains are said in Team")}
_SIGNS_IN = {"who signs in": (409, "let them go first")}
_STAYS = _SIGNS_IN | {"joined of two": (409, "they stay, or an owner erases them")}
_JOINS = {"one is our own": (409, "it grows by its domains")}
OWNERS = frozenset({Role.OWNER.value})
MEMBERS = frozenset(RIGHTS) - {Role.GUEST.value}
_NO_FILE = {"": (404, "no file came with it")}
GO_ON = 303  # to the page one was on, which says what is not so
OWN_TODAY = 200  # one's own Today, with nobody else in it

WEB: dict[str, Route] = {
    "GET /accounts/login": Route("nothing"),
    "POST /accounts/login": Route("nothing", form={"email": "a@b.example"}, may_be={"": (422, "no such password")}),
    "GET /link/<str:token>": Route("nothing", "link", may_be=_USED),
    "POST /link/<str:token>": Route("nothing", "link", may_be=_USED),
    "GET /accounts/second-step": Route("nothing"),
    "POST /accounts/second-step": Route("nothing"),
    "POST /accounts/passkey/begin": Route("nothing"),
    "GET /accounts/forgotten": Route("nothing"),
    "POST /accounts/forgotten": Route("nothing", form={"email": "a@b.example"}),
    "POST /logout": Route("session"),
    "GET /welcome": Route("session"),
    "POST /welcome": Route("session", form={"step": "1"}),
    "GET /sample/leave": Route("own", may_be={"": (400, "this is no sample")}),
    "POST /sample/leave": Route("own", may_be={"": (400, "this is no sample")}),
    "POST /workspaces/<uuid:workspace_id>/enter": Route("membership", "workspace", absent=GO_ON),
    "GET /": Route("read"),
    "GET /today/<uuid:suggestion_id>": Route("read", "suggestion", absent=OWN_TODAY),
    "POST /today/<uuid:suggestion_id>/done": Route("write", "suggestion", may_be=_DONE),
    "POST /today/<uuid:suggestion_id>/later": Route("write", "suggestion", may_be=_DONE),
    "POST /today/<uuid:suggestion_id>/not-needed": Route("write", "suggestion", may_be=_DONE),
    "GET /why-these": Route("read"),
    "GET /log": Route("write"),
    "POST /log": Route("write", "person", {"text": "called them 10 min", "about": "{person_id}"}, _GONE),
    "POST /log/understand": Route("read", form={"text": "called Priya"}),
    "GET /find": Route("read"),
    "GET /search": Route("read"),
    "GET /people": Route("read"),
    "GET /people/new": Route("write"),
    "POST /people/new": Route("write", form={"name": "Zoë"}),
    "POST /people/many": Route("write", "person", {"act": "tag", "words": "vip", "person": ["{person_id}"]}, _GONE),
    "POST /people/lists": Route("write", form={"name": "At risk", "said": "quiet=30"}),
    "POST /people/lists/<uuid:view_id>": Route("write", "view", {"name": "Another name"}),
    "POST /people/lists/<uuid:view_id>/remove": Route("write", "view"),
    "GET /people/<uuid:person_id>": Route("read", "person"),
    "GET /people/<uuid:person_id>/why": Route("read", "person"),
    "POST /people/<uuid:person_id>/edit": Route("write", "person", {"name": "Zoë"}),
    "POST /people/<uuid:person_id>/remove": Route("write", "removable", may_be=_STAYS),
    "POST /people/<uuid:person_id>/facts": Route("write", "person", {"text": "Two dogs."}),
    "POST /people/<uuid:person_id>/facts/<uuid:fact_id>/remove": Route("write", "fact"),
    "POST /people/<uuid:person_id>/handles/<uuid:handle_id>/remove": Route("write", "handle"),
    "POST /people/<uuid:person_id>/places/<uuid:affiliation_id>/remove": Route("write", "place"),
    "POST /people/<uuid:person_id>/tags": Route("write", "person", {"name": "vip"}),
    "POST /people/<uuid:person_id>/tags/<path:word>/remove": Route("write", "person"),
    "POST /people/<uuid:person_id>/notes": Route("write", "person", {"text": "A note."}),
    "POST /people/<uuid:person_id>/notes/<uuid:note_id>/remove": Route("write", "note"),
    "GET /people/<uuid:person_id>/known": Route("read", "person", only=MEMBERS),
    "GET /people/<uuid:person_id>/known/file": Route("read", "person", only=MEMBERS),
    "POST /people/<uuid:person_id>/known/whole": Route("own", "person", {"why": "her letter"}),
    "POST /people/<uuid:person_id>/wishes": Route("write", "person", {"kind": "do-not-score"}),
    "POST /people/<uuid:person_id>/wishes/<str:kind>/lift": Route("write", "wish"),
    "GET /people/<uuid:person_id>/erase": Route("own", "erasable"),
    "POST /people/<uuid:person_id>/erase": Route("own", "erasable", {"name": "{called}"}, _SIGNS_IN),
    "GET /erasures": Route("own"),
    "POST /erasures": Route("own", "buried", {"address": "{value}"}),
    "GET /people/<uuid:person_id>/merge": Route("merge", "person"),
    "POST /people/<uuid:person_id>/merge": Route("merge", "person", {"other": "{twin}"}),
    "POST /people/<uuid:person_id>/unmerge/<uuid:merge_id>": Route("merge", "merge", may_be=_PARTED),
    "GET /organizations": Route("read"),
    "GET /organizations/<uuid:organization_id>": Route("read", "organization"),
    "POST /organizations/<uuid:organization_id>": Route("write", "organization", {"name": "Another name"}),
    "POST /organizations/<uuid:organization_id>/domains": Route(
        "write", "organization", {"domain": "quayside.example"}, _OWN_PLACE
    ),
    "POST /organizations/<uuid:organization_id>/domains/<str:domain>/remove": Route(
        "write", "organization", may_be=_OWN_PLACE
    ),
    "GET /organizations/<uuid:organization_id>/join": Route("merge", "organization"),
    "POST /organizations/<uuid:organization_id>/join": Route("merge", "places", {"other": "{other}"}, _JOINS),
    "GET /interactions/<uuid:interaction_id>": Route("read", "interaction"),
    "GET /interactions/<uuid:interaction_id>/html": Route("read", "words"),
    "GET /interactions/<uuid:interaction_id>/calendar": Route("read", "words"),
    "GET /interactions/<uuid:interaction_id>/files/<int:place>": Route("read", "bytes", may_be=_NO_FILE),
    "GET /import": Route("import"),
    "POST /import": Route("import", may_be={"": (400, "no file was given")}),
    "GET /import/<uuid:import_id>": Route("read", "import"),
    "GET /import/<uuid:import_id>/progress": Route("read", "import"),
    "GET /imports": Route("read"),
    "GET /import/<uuid:import_id>/items": Route("read", "import"),
    "GET /import/<uuid:import_id>/items/<uuid:item_id>/raw": Route("read", "piece"),
    "GET /import/<uuid:import_id>/people": Route("read", "import"),
    "GET /import/<uuid:import_id>/to-mend": Route("read", "rows"),
    "GET /import/<uuid:import_id>/quarantine": Route("read", "import"),
    "POST /import/<uuid:import_id>/retry/<uuid:item_id>": Route("import", "item"),
    "POST /import/<uuid:import_id>/leave-out/<uuid:item_id>": Route("import", "item"),
    "POST /import/<uuid:import_id>/pause": Route("import", "import"),
    "POST /import/<uuid:import_id>/resume": Route("import", "import"),
    "POST /import/<uuid:import_id>/cancel": Route("import", "import"),
    "GET /import/<uuid:import_id>/undo": Route("import", "import"),
    "POST /import/<uuid:import_id>/undo": Route("import", "import"),
    "GET /team": Route("read"),
    "POST /team/domain": Route("manage", form={"domain": "quayside.example"}, may_be={"": (422, "members are there")}),
    "POST /team/invite": Route("invite", form={"email": "nia@fernhill.example", "role": "guest"}),
    "POST /team/name": Route("manage", form={"name": "Fernhill at Home"}),
    "POST /team/link": Route("manage", "member", {"member": "{membership_id}"}),
    "POST /team/second-factor": Route("own", form={"wanted": "yes"}, may_be={"": (400, "turn your own on first")}),
    "POST /team/<uuid:membership_id>/second-factor": Route("manage", "member", may_be={"": (404, "they have none")}),
    "POST /team/<uuid:membership_id>/role": Route("manage", "member", {"role": "guest"}, _LAST),
    "POST /team/<uuid:membership_id>/let-go": Route("manage", "member", may_be=_LAST),
    "GET /settings": Route("read"),
    "POST /settings": Route("read", form={"name": "{name}", "time_zone": "UTC", "working_days": "1", "per_day": "7"}),
    "POST /settings/address": Route("read", form={"email": "zoe@home.example"}, may_be={"": (422, "no password")}),
    "POST /settings/address/again": Route("read", may_be={"": (404, "nothing waits")}),
    "POST /settings/address/withdraw": Route("read", may_be={"": (404, "nothing waits")}),
    "POST /settings/password": Route("read", form={"password": "x"}, may_be={"": (422, "no password")}),
    "GET /settings/sessions": Route("read"),
    "POST /settings/sessions": Route("read", "session", {"end": "{id}"}),
    "GET /settings/keys": Route("read"),
    "POST /settings/keys": Route("read", form={"name": "for a program"}),
    "GET /settings/factors": Route("read"),
    "POST /settings/factors/app": Route("read"),
    "POST /settings/factors/app/remove": Route("read", may_be={"": (404, "none is on")}),
    "POST /settings/factors/passkeys": Route("read", may_be={"": (422, "the browser brought none")}),
    "POST /settings/factors/passkeys/begin": Route("read"),
    "POST /settings/factors/passkeys/<int:factor_id>/remove": Route("read", "passkey"),
    "POST /settings/factors/codes": Route("read", may_be={"": (400, "none is on")}),
    "GET /settings/changes": Route("read"),
    "POST /undo": Route("write"),
    "POST /undo/<uuid:entry_id>": Route("write", "entry", may_be=_UNDONE, absent=GO_ON),
    "POST /outgoing/release": Route("manage"),
    "GET /workspace/end": Route("own"),
    "POST /workspace/end": Route("own", form={"name": "Wrong"}, may_be={"": (422, "it is called otherwise")}),
    "GET /livez": Route("nothing"),
    "GET /readyz": Route("nothing"),
}
# Forms that do more than one thing at one address, and ids that are guessed in a query.
ALSO: dict[str, Route] = {
    "POST /people/<uuid:person_id>/merge": Route("merge", "pair", {"other": "{other}"}),
    "POST /team/invite": Route("invite", "invitation", {"withdraw": "{id}"}),
    "POST /settings/keys": Route("read", "key", {"remove": "{id}"}),
    "GET /?person={suggestion_id}": Route("read", "suggestion", absent=OWN_TODAY),
    "GET /log?about={person_id}": Route("write", "person", absent=200),
    "GET /find?q={person_id}": Route("read", "person", absent=200),
    "POST /people/many": Route("write", "person", {"act": "csv", "person": ["{person_id}"]}, _GONE),
    "GET /people?org={organization_id}": Route("read", "organization", absent=200),
    "GET /people?after={person_id}": Route("read", "person", absent=400, may_be={"": (400, "is no cursor")}),
}
# What an operation is about, and what is sent with it; its right stands in the catalogue.
ABOUT_PERSON = Route("read", "person")
_MANY = {"people": ["{person_id}"]}
API: dict[str, Route] = {
    "erasures.let-come-back": Route("own", "buried", {"value": "{value}"}),
    "erasures.list": Route("read", only=OWNERS),
    "home.edit": Route("manage", form={"domain": "quayside.example"}, may_be={"": (409, "members are there")}),
    "home.get": Route("read"),
    "imports.cancel": Route("import", "import", may_be={"": (409, "it is over")}),
    "imports.get": Route("read", "import"),
    "imports.items": Route("read", "import"),
    "imports.leave-out": Route("import", "item"),
    "imports.list": Route("read"),
    "imports.pause": Route("import", "import", may_be={"": (409, "it is over")}),
    "imports.people": Route("read", "import"),
    "imports.quarantine": Route("read", "import"),
    "imports.raw": Route("read", "piece"),
    "imports.resume": Route("import", "import", may_be={"": (409, "it is over")}),
    "imports.retry": Route("import", "item"),
    "imports.start": Route("import"),
    "imports.to-mend": Route("read", "rows"),
    "imports.undo": Route("import", "import", may_be={"": (409, "it is over")}),
    "imports.undo-plan": Route("read", "import"),
    "interactions.get": Route("read", "interaction"),
    "interactions.log": Route("write", "person", {"text": "called them 10 min", "person_ids": ["{person_id}"]}, _GONE),
    "interactions.attachment": Route("read", "bytes", may_be=_NO_FILE),
    "interactions.calendar": Route("read", "words"),
    "interactions.raw": Route("read", "bytes"),
    "interactions.search": Route("read", form={"q": "rota"}),
    "interactions.understand": Route("read", form={"text": "called Priya"}),
    "journal.list": Route("read"),
    "journal.undo": Route("write", "entry", {"entry": "{entry_id}"}, _UNDONE),
    "me": Route("read"),
    "members.end": Route("manage", "member", may_be=_LAST),
    "members.list": Route("read"),
    "members.want-second-factor": Route("own", form={"wanted": True}, may_be={"": (400, "turn your own on first")}),
    "members.reset-second-factor": Route("manage", "member", may_be={"": (404, "they have none")}),
    "members.set-role": Route("manage", "member", {"role": "guest"}, _LAST),
    "organizations.add-domain": Route("write", "organization", {"domain": "quayside.example"}, _OWN_PLACE),
    "organizations.edit": Route("write", "organization", {"name": "Another name"}),
    "organizations.get": Route("read", "organization"),
    "organizations.list": Route("read"),
    "organizations.merge": Route("merge", "places", {"other": "{other}"}, _JOINS),
    "organizations.remove-domain": Route("write", "organization", {"domain": "{domain}"}, _OWN_PLACE),
    "people.add": Route("write", form={"name": "Zoë"}),
    "people.add-handle": Route("write", "person", {"kind": "email", "value": "zoe@home.example"}),
    "people.ask-not": Route("write", "person", {"kind": "do-not-score"}),
    "people.edit": Route("write", "person", {"name": "Zoë"}),
    "people.erase": Route("own", "erasable", {"name": "{called}"}, _SIGNS_IN),
    "people.erasure-plan": Route("read", "erasable", only=OWNERS),
    "people.evidence": ABOUT_PERSON,
    "people.export": Route("write", "person", _MANY, _GONE),
    "people.fact": Route("write", "person", {"kind": "family", "value": "Two dogs."}),
    "people.find": Route("read", form={"q": "priya"}),
    "people.forget": Route("write", "fact"),
    "people.get": ABOUT_PERSON,
    "people.known": Route("read", "person", only=MEMBERS),
    "people.known-whole": Route("own", "person", {"why": "her letter"}),
    "people.lift": Route("write", "wish", {"kind": "{wished}"}),
    "people.list": Route("read"),
    "people.merge": Route("merge", "pair", {"other": "{other}"}),
    "people.note": Route("write", "person", {"text": "A note."}),
    "people.place": Route("write", "person", {"organization": "Quayside"}),
    "people.place-many": Route("write", "person", {**_MANY, "at": "Quayside"}, _GONE),
    "people.remove": Route("write", "removable", may_be=_STAYS),
    "people.remove-handle": Route("write", "handle"),
    "people.remove-note": Route("write", "note"),
    "people.remove-place": Route("write", "place"),
    "people.tag": Route("write", "person", {"word": "vip"}),
    "people.tag-many": Route("write", "person", {**_MANY, "word": "vip"}, _GONE),
    "people.timeline": ABOUT_PERSON,
    "people.unmerge": Route("merge", "merge", may_be=_PARTED),
    "people.untag": Route("write", "person", {"word": "partner"}),
    "people.untag-many": Route("write", "person", {**_MANY, "word": "partner"}, _GONE),
    "people.who-knows": ABOUT_PERSON,
    "people.why": ABOUT_PERSON,
    "relationships.list": Route("read"),
    "today.done": Route("write", "suggestion", may_be=_DONE),
    "today.get": Route("read"),
    "today.later": Route("write", "suggestion", may_be=_DONE),
    "today.not-needed": Route("write", "suggestion", may_be=_DONE),
    "workspace.end": Route("own", form={"name": "Wrong"}, may_be={"": (422, "it is called otherwise")}),
    "today.reopen": Route("write", "suggestion", may_be=dict.fromkeys(("the owner's", "next door"), (409, "it waits"))),
    "views.edit": Route("write", "view", {"name": "Another name"}),
    "views.list": Route("read"),
    "views.remove": Route("write", "view"),
    "views.save": Route("write", form={"name": "At risk", "quiet": 30}),
}
# Ids that are guessed in what an operation is sent beside its address.
API_ALSO: tuple[tuple[str, Route], ...] = (
    ("people.list", Route("read", "list", {"view": "{view_id}"})),
    ("people.list", Route("read", "organization", {"organization": "{organization_id}"}, absent=200)),
    ("people.export", Route("write", "list", {"view": "{view_id}", "all": True})),
    ("people.tag-many", Route("write", "list", {"view": "{view_id}", "all": True, "word": "vip"})),
)
