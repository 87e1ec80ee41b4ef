"""The team: who works here and as what, who is invited, inviting and letting go."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from django.contrib.auth import logout
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from rapport.accounts.access import Viewer, may
from rapport.accounts.holding import held_since
from rapport.accounts.inviting import invitations_of, members_of, roles_to_give, withdraw
from rapport.accounts.leaving import let_go
from rapport.accounts.letters import became_sentence
from rapport.accounts.letting_in import is_within, let_in
from rapport.accounts.links import HANDED_FOR, make_sign_in_link, new_seed
from rapport.accounts.models import Membership, OutgoingMail, Role
from rapport.accounts.outgoing import mail_invitation, mail_sign_in_link, what_became_of
from rapport.accounts.owning import may_change
from rapport.accounts.requiring import require_second_factor, reset_second_factor, who_have_one
from rapport.accounts.roles import set_role
from rapport.interactions.own_domain import set_own_domain
from rapport.kit.trouble import Trouble
from rapport.people.colleagues import colleagues, invite_colleague
from rapport.people.home_domains import home_domains, own_domain
from rapport.people.models import Person
from rapport.people.our_name import our_name, rename_ours
from rapport.people.stations import present_stations
from rapport.people.visible import person_of, sees_whole
from rapport.relationships.refresh import read_on

from .answering import go_to, page
from .around import shell
from .confirming import confirmed
from .entering import WebRequest
from .faces import face_of
from .mailing import can_mail, site_of
from .pages.settings import ColleagueLine, InviteLine, MemberLine, TeamPage
from .pages.shell import Choice, Field
from .sending import sent_once
from .telling_apart import addresses_of

ROLE_WORDS = {
    Role.OWNER.value: gettext_lazy("Owner"),
    Role.ADMIN.value: gettext_lazy("Admin"),
    Role.LEAD.value: gettext_lazy("Lead"),
    Role.MEMBER.value: gettext_lazy("Member"),
    Role.GUEST.value: gettext_lazy("Guest"),
}


@require_safe
def team(request: WebRequest) -> HttpResponse:
    """Who works here."""
    return _page(request)


@confirmed
@require_POST
@sent_once
def team_invite(request: WebRequest) -> HttpResponse:
    """Invite somebody, or take an invitation back. A link that cannot be mailed is in this answer and nowhere else."""
    visit = request.visit
    if "withdraw" in request.POST:
        withdraw(visit.by, visit.here, request.POST["withdraw"])
        return go_to(request, "/team", _("The invitation is taken back."))
    email, seed = request.POST.get("email", ""), new_seed()
    try:
        token = invite_colleague(visit.by, visit.here, email, request.POST.get("role", Role.MEMBER.value), seed)
    except Trouble as trouble:
        if trouble.code not in ("bad-email", "member-already"):
            raise
        return _page(request, Field(email, trouble.sentence), status=422)
    if not can_mail() or held_since(visit.viewer.workspace_id):
        return _page(request, fresh=(email.strip().lower(), f"{site_of(request)}/link/{token}"))
    inviter = visit.viewer.name or person_of(visit.viewer, visit.viewer.person_id).name
    mail_invitation(seed, site_of(request), inviter, visit.here.workspace.name, visit.now)
    return go_to(request, "/team", _("The invitation is on its way."))


@confirmed
@require_POST
@sent_once
def team_link(request: WebRequest) -> HttpResponse:
    """A new link to sign in for a member: mailed to them, or in this answer and nowhere else."""
    visit = request.visit
    user = let_in(visit.by, request.POST.get("member", ""))
    if not can_mail() or held_since(visit.viewer.workspace_id):
        token = make_sign_in_link(user, visit.now, HANDED_FOR)
        return _page(request, fresh=(user.email, request.build_absolute_uri(f"/link/{token}")))
    mail_sign_in_link(user, site_of(request), visit.now)
    return go_to(request, "/team", _("The link is on its way to %(email)s.") % {"email": user.email})


@require_POST
def team_domain(request: WebRequest) -> HttpResponse:
    """Say which mail domain is ours."""
    visit, written = request.visit, request.POST.get("domain", "")
    try:
        undo = set_own_domain(visit.by, written)
    except Trouble as trouble:
        if trouble.code not in ("bad-domain", "same-domain", "members-there"):
            raise
        return _page(request, status=422, domain=Field(written, trouble.sentence))
    read_on(visit.now)
    return go_to(request, "/team", _("Changed. Who is a colleague follows it."), undo)


@require_POST
def team_name(request: WebRequest) -> HttpResponse:
    """Say what our business is called."""
    visit, written = request.visit, request.POST.get("name", "")
    try:
        undo = rename_ours(visit.by, written)
    except Trouble as trouble:
        if trouble.code not in ("no-name", "same-name"):
            raise
        return _page(request, status=422, called=Field(written, trouble.sentence))
    return go_to(request, "/team", _("Your business is called %(name)s.") % {"name": our_name()}, undo)


@confirmed
@require_POST
def team_role(request: WebRequest, membership_id: UUID) -> HttpResponse:
    """Give a member another role."""
    visit = request.visit
    role = request.POST.get("role", "")
    undo = set_role(visit.by, membership_id, role)
    return go_to(request, "/team", _("The role is changed."), undo)


@confirmed
@require_POST
def team_factor_reset(request: WebRequest, membership_id: UUID) -> HttpResponse:
    """Turn off the second factor of a member who lost it."""
    reset_second_factor(request.visit.by, membership_id)
    return go_to(request, "/team", _("They sign in without it until they turn on another."))


@confirmed
@require_POST
def team_factor_needed(request: WebRequest) -> HttpResponse:
    """Want a second factor of everybody here, or of nobody."""
    wanted = request.POST.get("wanted") == "yes"
    undo = require_second_factor(request.visit.by, wanted)
    said = _("From now on everybody needs one.") if wanted else _("Nobody needs one any more.")
    return go_to(request, "/team", said, undo)


@confirmed
@require_POST
def team_let_go(request: WebRequest, membership_id: UUID) -> HttpResponse:
    """Let a member go; who lets themselves go is out."""
    visit = request.visit
    undo = let_go(visit.by, membership_id)
    if membership_id == visit.viewer.membership_id:
        logout(request)
        return go_to(request, "/accounts/login")
    return go_to(request, "/team", _("They are let go, and signed out everywhere."), undo)


def _page(
    request: WebRequest,
    email: Field | None = None,
    fresh: tuple[str, str] = ("", ""),
    status: int = 200,
    domain: Field | None = None,
    called: Field | None = None,
) -> HttpResponse:
    visit = request.visit
    may_invite, may_manage = may(visit.viewer, "invite"), may(visit.viewer, "manage")
    ours = own_domain() if may_manage else ""
    members = members_of(visit.here)
    invitations = invitations_of(visit.here, visit.now) if may_invite else []
    mails = what_became_of([one.token_hash for one in invitations])
    may_invite = may_invite and not visit.viewer.is_sample
    value = TeamPage(
        members=_members(request, members, fresh),
        colleagues=_colleagues(request, members, {one.email for one in invitations}),
        invites=tuple(
            InviteLine(
                id=one.token_hash,
                email=one.email,
                role=str(ROLE_WORDS[one.role]),
                until=visit.local(one.expires_at),
                link=fresh[1] if one.email == fresh[0] else "",
                mail=_became(mails.get(one.token_hash)),
            )
            for one in invitations
        ),
        may_invite=may_invite,
        may_manage=may_manage,
        may_end=may(visit.viewer, "own") and not visit.viewer.is_sample,
        called=called or Field(visit.here.workspace.name),
        domain=domain or Field(ours),
        may_own=may(visit.viewer, "own"),
        needs_second_factor=visit.here.workspace.needs_second_factor,
        also=tuple(sorted(home_domains() - {ours})) if may_manage else (),
        email=email or Field(),
        roles=tuple(
            Choice(role, str(ROLE_WORDS[role]), role == Role.MEMBER.value) for role in roles_to_give(visit.viewer.role)
        ),
    )
    return page("team.html", shell(request, "team"), value, status)


def _became(mail: OutgoingMail | None) -> str:
    return became_sentence(mail.state, mail.said) if mail else ""


def _members(request: WebRequest, members: Sequence[Membership], fresh: tuple[str, str]) -> tuple[MemberLine, ...]:
    viewer = request.visit.viewer
    may_manage = may(viewer, "manage")
    people = Person.objects.in_bulk([one.person_id for one in members])
    owners = sum(one.role == Role.OWNER for one in members)
    protected = who_have_one(list(members)) if may_manage else set()
    return tuple(
        MemberLine(
            face=face_of(person.id, one.user.name or person.name, person.portrait),
            email=one.user.email if sees_whole(viewer, person.id) else "",
            role=str(ROLE_WORDS[one.role]),
            seen=None,
            address=f"/people/{person.id}",
            is_viewer=one.id == viewer.membership_id,
            let_in=str(one.id)
            if may_manage and one.id != viewer.membership_id and is_within(viewer.role, one.role)
            else "",
            link=fresh[1] if one.user.email == fresh[0] else "",
            id=str(one.id),
            has_factor=one.user_id in protected,
            may_reset=one.user_id in protected
            and one.id != viewer.membership_id  # one's own is turned off in Settings
            and is_within(viewer.role, one.role),
            roles=_roles_for(viewer, one, is_last=one.role == Role.OWNER and owners < 2),
        )
        for one in members
        if (person := people.get(one.person_id)) is not None
    )


def _roles_for(viewer: Viewer, member: Membership, is_last: bool) -> tuple[Choice, ...]:
    """What this viewer may make a member; nothing of whom they may not change, nor of the last owner."""
    if is_last or not may_change(viewer, member.role):
        return ()
    given = [role for role in Role.values if may_change(viewer, role)]
    return tuple(Choice(role, str(ROLE_WORDS[role]), role == member.role) for role in given)


def _colleagues(
    request: WebRequest, members: Sequence[Membership], invited: Collection[str]
) -> tuple[ColleagueLine, ...]:
    """Those of home who cannot sign in yet, with the address an invitation would go to."""
    visit = request.visit
    found = colleagues(visit.viewer, {one.person_id for one in members if one.person_id})
    ids = [one.id for one in found]
    addresses, stations = addresses_of(visit.viewer, ids), present_stations(ids)
    # Their mail is here already, and whoever invites may see the link.
    may_invite = may(visit.viewer, "manage") and not visit.viewer.is_sample
    return tuple(
        ColleagueLine(
            face=face_of(one.id, one.name, one.portrait),
            note=station.title if (station := stations.get(one.id)) else "",
            address=f"/people/{one.id}",
            email=email if may_invite and "@" in (email := addresses.get(one.id, "")) and email not in invited else "",
        )
        for one in found
    )
