"""Sample page values: the known cast on every page, in full, empty, with long names, and from right to left."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from rapport.doors.web.pages.finding import FindPage, FoundAction, FoundMoment, FoundPerson, SearchPage, Words
from rapport.doors.web.pages.firstrun import EndPage, LeavePage, WelcomePage
from rapport.doors.web.pages.imports import (
    BroughtPage,
    BroughtPerson,
    FirstPerson,
    ImportPage,
    ImportProgressPage,
    ImportsPage,
    ItemLine,
    ItemsPage,
    PartLine,
    Progress,
    SkipLine,
    TableLine,
    TakeBackPage,
)
from rapport.doors.web.pages.known import (
    ErasePage,
    ErasureLine,
    ErasuresPage,
    KnownPage,
    KnownSection,
    WishLine,
)
from rapport.doors.web.pages.organizations import (
    ActiveFilter,
    DomainLine,
    JoinedLine,
    JoinPage,
    LeftLine,
    OrganizationPage,
    OrganizationRow,
    OrganizationsPage,
    Picture,
    PlaceCandidate,
    Strand,
    TheirLine,
    TieLine,
)
from rapport.doors.web.pages.people import (
    KeptList,
    KnownAlready,
    NewPersonPage,
    PeoplePage,
    PersonRow,
    Picked,
    Question,
)
from rapport.doors.web.pages.person import (
    Acquaintance,
    AttachedFile,
    Explanation,
    FactLine,
    HandleLine,
    InteractionPage,
    MergeCandidate,
    Merged,
    MergePage,
    Moment,
    Month,
    NoteLine,
    Participant,
    PersonEdit,
    PersonPage,
    Station,
    TagLine,
    WhyPage,
    WhyRow,
)
from rapport.doors.web.pages.settings import (
    ChangeLine,
    ChangesPage,
    ColleagueLine,
    FactorsPage,
    InviteLine,
    KeyField,
    KeyLine,
    KeysPage,
    MemberLine,
    PasskeyLine,
    SessionLine,
    SessionsPage,
    SettingsPage,
    TeamPage,
    WaitingAddress,
)
from rapport.doors.web.pages.shell import Bond, Choice, Face, Field, Quote, Rhythm, Shell, Toast, Week, WorkspaceDoor
from rapport.doors.web.pages.signin import ConfirmPage, ForgottenPage, LinkPage, SecondStepPage, SignInPage
from rapport.doors.web.pages.telling import Chip, LogPage, NameAsked, PersonChoice, Understood
from rapport.doors.web.pages.today import (
    CareGroup,
    Considered,
    Focus,
    QueueItem,
    Reach,
    RuleLine,
    TodayPage,
    WayIn,
    WhyThesePage,
)
from rapport.doors.web.pages.trouble import TroublePage

NOW = datetime(2026, 11, 24, 9, 18, tzinfo=ZoneInfo("Europe/London"))
LONG = "Wolfeschlegelsteinhausenbergerdorff-Papadimitrakopoulou"


def face(slug: str, name: str) -> Face:
    """Somebody of the cast with their portrait."""
    return Face(name=name, seed=slug, picture=f"/static/avatars/{slug}.svg", called=name.split()[0])


MAYA = face("maya", "Maya Lindgren")
ALI = face("ali", "Ali Rezaei")
SOFIA = face("sofia", "Sofia Marchetti")
PRIYA = face("priya", "Priya Raman")
DANA = face("dana", "Dana Whitfield")
WEI = face("wei", "Wei Chen")
AMINA = face("amina", "Amina Yusuf")
GRACE = face("grace", "Grace O’Neill")
JONAS = face("jonas", "Jonas Lindqvist")
TOMAS = face("tomas", "Tomás Herrera")
LIAT = face("liat", "Liat Barak")
ELENA = Face(name="Elena Ruiz", seed="elena", called="Elena")
MARCUS = Face(name=f"Marcus Aurelius {LONG * 5}"[:300], seed="marcus", called="Marcus Aurelius")


def bond(strength: int | None, health: float | None, give_or_take: int = 6) -> Bond:
    """A bond with the words that belong to its figures."""
    names = ("Faint", "Light", "Steady", "Strong", "Close")
    word = "Too early to say" if strength is None else "Not met yet" if strength == 0 else names[min(4, strength // 20)]
    if not strength or health is None:
        return Bond(strength, None, "unsure", word, "too early to say" if strength else "", is_guess=True)
    if health >= 0.66:
        return Bond(strength, health, "well", word, "doing well", give_or_take)
    if health >= 0.34:
        return Bond(strength, health, "care", word, "needs care", give_or_take)
    return Bond(strength, health, "risk", word, "at risk", give_or_take)


def rhythm(seed: int, silent: int = 0) -> Rhythm:
    """Half a year of weeks, the last `silent` of them empty."""
    first = date(2026, 6, 1)
    weeks = tuple(
        Week(
            first + timedelta(weeks=n),
            0 if n >= 26 - silent else ((n * 7 + seed) % 5 < 2) + ((n * 3 + seed) % 11 == 0),
            0 if n >= 26 - silent else int((n * 5 + seed) % 4 < 2),
        )
        for n in range(26)
    )
    return Rhythm(weeks, "About every 9 days is usual for you two. Last: 7 days ago.")


def shell(here: str = "", **changes: object) -> Shell:
    """Maya at Fernhill."""
    made = Shell(viewer=MAYA, workspace="Fernhill", csrf="token", here=here, waiting_today=6, now=NOW)
    return replace(made, **changes)  # type: ignore[arg-type]


def item(key: str, who: Face, org: str, how: Bond, why: str, minutes: int, **more: object) -> QueueItem:
    """One person in the queue."""
    return QueueItem(key, f"/today/{key}", who, org, how, why, minutes, **more)  # type: ignore[arg-type]


STRONG_CARE = bond(78, 0.5)
FOCUS = Focus(
    id="priya",
    face=PRIYA,
    role="Head of Operations, Northwind Clinics",
    person_address="/people/priya",
    bond=STRONG_CARE,
    since="You have known each other since March 2020",
    headline="Priya asked you three days ago, and still waits.",
    quote=Quote(
        "Could you send the two-site version before Leeds opens, so the leads have it in hand?",
        "Priya, by mail on 21 November",
        "/interactions/1",
    ),
    ways=(
        WayIn("How did Arjun’s recital go on Saturday?", "She told you on 17 November.", "/interactions/2"),
        WayIn("Are the Leeds receptionists still nervous about walk‑ins?", "From your visit on 3 November."),
        WayIn("Rosa’s colour-coding idea went live on Friday.", "From your note of 20 November."),
    ),
    reach=(
        Reach("mail", "Write to priya@northwind.example", "mailto:priya@northwind.example"),
        Reach("phone", "+44 161 496 0718", "tel:+441614960718"),
    ),
    lately="Last spoke 7 days ago, by phone. About every 9 days is usual for you two.",
    rhythm=rhythm(1),
    good_to_know=("Short version first. Mornings. No Fridays.", "Arjun, 9, plays the violin.", "Say “PREE-yah”."),
    position=1,
    of=6,
)
TODAY = TodayPage(
    greeting="Good morning, Maya",
    groups=(
        CareGroup(
            "Answer",
            (
                item("priya", PRIYA, "Northwind Clinics", STRONG_CARE, "Asked you three days ago, and still waits.", 5,
                     is_current=True),
                item("dana", DANA, "Bright Harbor Dental", bond(66, 0.18),
                     "Her question about the double bookings is nine days old.", 10),
            ),
        ),
        CareGroup(
            "Celebrate",
            (
                item("wei", WEI, "Solace Health", bond(44, 0.45), "Turns forty on Thursday.", 3),
                item("amina", AMINA, "Cedar Street Medical", bond(88, 0.95),
                     "Birthday tomorrow. A card posted today lands in time.", 4),
            ),
        ),
        CareGroup(
            "Stay close",
            (item("grace", GRACE, "Harrow Hospice", bond(60, 0.38),
                  "Quiet for 6 weeks. You two usually talk every three weeks.", 5),),
        ),
        CareGroup(
            "Follow up",
            (item("jonas", JONAS, "Aurora Physio", bond(None, None), "You met for the first time on Thursday.", 6),),
        ),
        CareGroup(
            "Done today",
            (
                item("tomas", TOMAS, "Northwind Clinics", bond(52, 0.9), "Called. The login fix worked.", 4,
                     outcome="done", at=NOW.replace(hour=8, minute=51)),
                item("liat", LIAT, "Galil Care", bond(41, 0.7), "Sent the Hebrew guide she asked for.", 4,
                     outcome="later", at=NOW.replace(hour=8, minute=58)),
            ),
        ),
    ),
    focus=FOCUS,
    waiting=6,
    minutes=33,
    done=2,
    quiet=5,
)  # fmt: skip
NOBODY = TodayPage("Good morning, Maya", (), None, 0, 0, 0, quiet=12)
FINISHED = replace(NOBODY, done=7, is_finished=True, groups=(TODAY.groups[-1],))
NO_PEOPLE = replace(NOBODY, quiet=0, has_people=False)
LONG_TODAY = replace(
    TODAY,
    groups=(CareGroup("Answer", (item("m", MARCUS, f"Gesellschaft für {LONG}", STRONG_CARE, "Asked you " * 30, 90,
                                      is_current=True),)),),
    focus=replace(FOCUS, face=MARCUS, role=f"Geschäftsführer, {LONG} {LONG}", headline=f"{LONG} asked you.",
                  reach=(Reach("mail", f"Write to {LONG.lower()}@example.org", "mailto:a@example.org"),)),
    waiting=1,
    done=0,
)  # fmt: skip
HEBREW = Face(name="ליאת ברק", seed="liat", picture="/static/avatars/liat.svg", called="ליאת")
ARABIC = Face(name="فاطمة السيد", seed="fatima", picture="/static/avatars/fatima.svg", called="فاطمة")
RTL_TODAY = TodayPage(
    greeting="בוקר טוב, מאיה",
    groups=(
        CareGroup("לענות", (item("l", HEBREW, "גליל קייר", STRONG_CARE, "שאלה אותך לפני שלושה ימים ועדיין מחכה.", 5,
                                 is_current=True),)),
        CareGroup("لنبقَ قريبين", (item("f", ARABIC, "عيادات النخيل", bond(38, 0.2), "مضى 41 يوماً بلا تواصل.", 5),)),
    ),
    focus=replace(FOCUS, face=HEBREW, role="מנהלת תפעול, גליל קייר", since="מכירות מאז מרץ 2020",
                  headline="ליאת שאלה אותך לפני שלושה ימים ועדיין מחכה.",
                  quote=Quote("אפשר לקבל את המדריך בעברית לפני 17.11?", "ליאת, במייל ב־21 בנובמבר", "/interactions/1"),
                  ways=(WayIn("איך היה הרסיטל של ארג׳ון?", "היא סיפרה ב־17 בנובמבר."),),
                  lately="דיברתן לאחרונה לפני 7 ימים.", good_to_know=("מעדיפה בוקר.",), of=2),
    waiting=2,
    minutes=10,
    done=0,
)  # fmt: skip
WHY_THESE = WhyThesePage(
    (
        RuleLine("Unanswered questions", "Did somebody ask us something that nobody answered for two days?", 3, 2),
        RuleLine("Silence", "Is somebody quieter than your own rhythm with them?", 9, 1),
        RuleLine("Birthdays", "Is it somebody’s birthday within three days?", 2, 2),
        RuleLine("First meetings", "Did you meet somebody for the first time, without a word since?", 0, 0),
    ),
    (Considered(TOMAS, "/people/tomas", "Quiet for 12 days; the limit of seven was reached."),),
    7,
)


def row(who: Face, title: str, org: str, how: Bond, last: date | None, *tags: str) -> PersonRow:
    """One row of the list."""
    return PersonRow(
        who,
        f"/people/{who.seed}",
        title,
        how,
        last,
        rhythm(len(title)) if last else None,
        tags,
        organization=org,
        organization_address="/organizations/1",
    )


PEOPLE = PeoplePage(
    rows=(
        row(AMINA, "Practice manager", "Cedar Street Medical", bond(88, 0.95), date(2026, 11, 23), "advisory board"),
        row(DANA, "Founder", "Bright Harbor Dental", bond(66, 0.18), date(2026, 11, 15)),
        row(ELENA, "Finance director", "Northwind Clinics", bond(0, None), None),
        row(GRACE, "Director", "Harrow Hospice", bond(60, 0.38), date(2026, 10, 14), "north"),
        row(JONAS, "Physiotherapist", "Aurora Physio", bond(None, None), date(2026, 11, 19)),
        row(PRIYA, "Head of Operations", "Northwind Clinics", STRONG_CARE, date(2026, 11, 17), "leeds", "north"),
        row(HEBREW, "מנהלת תפעול", "גליל קייר", bond(41, 0.7), date(2025, 12, 1)),
        row(MARCUS, "Geschäftsführer", f"Gesellschaft für {LONG}", bond(12, 0.5), date(2024, 2, 29), LONG),
    ),
    everybody=312,
    counted="312",
    sorts=(
        Choice("name", "Name", True, "?sort=name"),
        Choice("last", "Last in touch", False, "?sort=last"),
        Choice("strength", "Strength", False, "?sort=strength"),
    ),
    tags=(Choice("north", "north"), Choice("leeds", "leeds")),
    organizations=(Choice("1", "Northwind Clinics"), Choice("2", "Cedar Street Medical")),
    often_address="?often=1",
    more="?after=abc",
    questions=(
        Question("strength", "Strength", "Any strength", (Choice("close", "Close"), Choice("faint", "Faint", True))),
        Question("whose", "Whose ties", "How you stand", (Choice("1", "Ali Rezaei"), Choice("2", f"Marcus {LONG}"))),
    ),
    active=(ActiveFilter("Faint", "?"), ActiveFilter("quiet for 90 days", "?quiet=90")),
    column_choices=(Choice("tags", "Tags", True), Choice("rhythm", "Rhythm")),
    lists=(
        KeptList("Old friends", "?quiet=90", is_on=True, change_address="/people/lists/1"),
        KeptList(f"At risk {LONG}", "?state=at_risk", is_shared=True, by="Ali Rezaei"),
    ),
    lit=KeptList("Old friends", "?quiet=90", is_on=True, change_address="/people/lists/1"),
    asked=(("strength", "faint"), ("quiet", "90")),
    said="strength=faint&quiet=90",
    may_choose=True,
)
PEOPLE_WRONG = replace(
    PEOPLE, picked=Picked((PRIYA.seed, "elsewhere"), False, "untag", Field(error="A tag is a word. Which one?"))
)
NOBODY_FOUND = replace(PEOPLE, rows=(), counted="0 of 312", q="Prija", more=None)
NO_PEOPLE_YET = PeoplePage((), 0)
ORGANIZATIONS = OrganizationsPage(
    rows=(
        OrganizationRow("Northwind Clinics", "/organizations/1", "northwind.example", "12 people",
                        "you and Priya Raman", STRONG_CARE, date(2026, 11, 17)),
        OrganizationRow("גליל קייר", "/organizations/2", "galil.example", "1 person", "Ali Rezaei and ליאת ברק",
                        bond(41, 0.2), date(2025, 12, 1)),
        OrganizationRow(f"Gesellschaft für {LONG}", "/organizations/3", "", "more than 1,000 people", "", None, None),
    ),
    sorts=PEOPLE.sorts,
    strengths=(Choice("close", "Close"),),
    whose=(Choice("1", "Ali Rezaei"),),
    quiet=(Choice("90", "quiet for 90 days"),),
    known=(Choice("yes", "somebody of us has been in touch"),),
    active=(ActiveFilter("known to Ali Rezaei", "?"),),
    more="?after=abc",
)  # fmt: skip
UNSCORED = Bond(None, None, "unsure", "Not scored, as they asked", "", is_guess=True)
NO_ORGANIZATIONS = OrganizationsPage(rows=())
ORGANIZATION_NOT_FOUND = replace(ORGANIZATIONS, rows=(), more=None)
ORGANIZATION = OrganizationPage(
    name="Northwind Clinics",
    address="/organizations/1",
    people="12 people",
    people_address="/people?org=1",
    summary="3 of us know somebody there. 2 people there nobody knows yet.",
    picture=Picture(
        (MAYA, ALI, SOFIA),
        (PRIYA, ELENA, MARCUS, LIAT),
        (Strand(0, 0, STRONG_CARE), Strand(1, 0, bond(58, 0.8)), Strand(2, 1, bond(30, 0.1))),
    ),
    theirs=(
        TheirLine(PRIYA, "/people/priya", "Head of Operations", (
            TieLine(MAYA, "/people/maya", STRONG_CARE, date(2026, 11, 17)),
            TieLine(ALI, "/people/ali", bond(58, 0.8), date(2026, 10, 1)),
        )),
        TheirLine(ELENA, "/people/elena", "Finance director", (TieLine(SOFIA, "/people/sofia", bond(30, 0.1), None),)),
        TheirLine(TOMAS, "/people/tomas", "Ward clerk", (), ("do not contact",), UNSCORED),
        TheirLine(MARCUS, "/people/marcus", f"Geschäftsführer {LONG}", ()),
    ),
    left=(LeftLine(TOMAS, "/people/tomas", "Ward clerk, until 2023", "Cedar Street Medical", "/organizations/2"),),
    lately=(
        Moment("/interactions/1", NOW - timedelta(days=1), "phone", "Call: you and Priya Raman", aside="24 min"),
        Moment("/interactions/2", NOW - timedelta(days=3), "mail", "Mail: Ali Rezaei and Elena Ruiz", is_private=True),
    ),
    domains=(DomainLine("northwind.example", "/d/1"), DomainLine(f"{LONG.lower()}.example", "/d/2")),
    joined=(JoinedLine("Northwind Ltd", date(2026, 11, 1), "/undo/1"),),
    may_write=True,
    called=Field("Northwind Clinics"),
)  # fmt: skip
ORGANIZATION_WRONG = replace(
    ORGANIZATION, is_open=True, domain=Field("gmail.com", "This is no domain of an organization.")
)
EMPTY_ORGANIZATION = replace(
    ORGANIZATION, people="nobody there now", summary="Nobody is there now whom we know of.", picture=None, theirs=(),
    left=(), lately=(), domains=(), joined=(), may_write=False,
)  # fmt: skip
JOIN_PAGE = JoinPage(
    "Northwind Clinics", "/organizations/1", "north",
    (PlaceCandidate("2", "Northwind Ltd", "/organizations/2", "nw.example · 3 people"),),
)  # fmt: skip
JOIN_CHOSEN = replace(
    JOIN_PAGE, candidates=(), other=JOIN_PAGE.candidates[0],
    together=(
        "Called Northwind Clinics. What names Northwind Ltd leads here, too.",
        "Reached by addresses of northwind.example, nw.example.", "14 people are or were there.",
    ),
)  # fmt: skip
NEW_PERSON = NewPersonPage()
NEW_PERSON_WRONG = NewPersonPage(
    name=Field("Elena Ruiz"), email=Field("elena@northwind", "Enter an email with an ending, like .com or .health")
)
NEW_PERSON_KNOWN = NewPersonPage(
    name=Field("Elena Ruiz"), known=(KnownAlready("Elena Ruiz", "/people/elena", "Quayside"),), namesakes=True
)
STRENGTH = Explanation(
    sentence="You talk often and it goes both ways. Her replies have slowed.",
    figure="78, give or take 6",
    at=78,
    low=72,
    high=84,
    rows=(
        WhyRow("Regular contact", "11 conversations in 90 days; 9 is usual for you two", 32, "/people/priya/why?row=0"),
        WhyRow("It goes both ways", "She started 5 of the 11", 18, "/people/priya/why?row=1"),
        WhyRow("Time together", "2 visits, 6 calls", 16, "/people/priya/why?row=2"),
        WhyRow("A long time", "Six years and eight months", 14, "/people/priya/why?row=3"),
        WhyRow("Everything else", "12 more", 2, "/people/priya/why?row=4"),
        WhyRow("Quieter lately", "Her replies take 2 days; 6 hours was usual", -4, "/people/priya/why?row=5"),
    ),
    sure="Fairly sure: 41 signals, 3 channels. Calls before 2024 aren’t here.",
    words=("Faint", "Light", "Steady", "Strong", "Close"),
    word_at=3,
    evidence_address="/people/priya/why",
    evidence_label="All 41 signals",
)
VITALITY = Explanation(
    sentence="Of a hundred pairs like this one, 62 are in touch again within 27 days.",
    figure="62 in 100",
    at=62,
    low=50,
    high=70,
    rows=(
        WhyRow("Your usual rhythm", "every 9 days", 21, "/people/priya/why?row=6"),
        WhyRow("Silence", "7 days", -9, "/people/priya/why?row=7"),
    ),
    sure="Fairly sure.",
)


def moment(when: datetime, picture: str, words: str, **more: object) -> Moment:
    """One entry of the timeline."""
    return Moment(f"/interactions/{when:%m%d}", when, picture, words, **more)  # type: ignore[arg-type]


MONTHS = (
    Month(
        date(2026, 11, 1),
        (
            moment(NOW - timedelta(hours=3), "phone", "You called Priya", aside="10 min", by="us", text="Rota works.",
                   undo_id="j1"),
            moment(NOW - timedelta(days=3), "mail", "Priya wrote to you", aside="3 messages", by="them",
                   quote="“If the first week goes quietly, I owe you a cake.”", chips=("Leeds", "waits for an answer")),
            moment(NOW - timedelta(days=21), "map-pin", "You and Sofia visited", aside="Manchester, 2 hours", by="us",
                   text="Sat with the front desk for the evening rush. Sofia drew the queue.", has_time=False),
        ),
    ),
    Month(
        date(2026, 10, 1),
        (
            moment(NOW - timedelta(days=35), "mail", "Ali and Priya wrote to each other", is_private=True),
            moment(NOW - timedelta(days=53), "mail-open", "Your thank-you card arrived", by="us", tone="well",
                   aside="handwritten", quote="“It’s on my wall. Nobody sends these any more.”"),
        ),
    ),
    Month(date(2025, 12, 1), (moment(NOW - timedelta(days=350), "calendar", "Yearly review", aside="45 min"),)),
)  # fmt: skip
EDIT = PersonEdit(
    Field("Priya Raman"), Field("PREE-yah"), Field("Head of Operations"),
    Field("Northwind Clinics"), Field(), Field(), Field("30 July"),
)  # fmt: skip
PERSON = PersonPage(
    id="priya",
    address="/people/priya",
    face=PRIYA,
    said_as="PREE-yah",
    title="Head of Operations",
    organization="Northwind Clinics",
    organization_address="/people?org=1",
    local_time="09:18 in Manchester",
    whose="Yours, with Ali and Sofia",
    bond=STRONG_CARE,
    bond_sentence="You talk often and it goes both ways. Her replies have slowed.",
    strength=STRENGTH,
    vitality=VITALITY,
    rhythm=rhythm(1),
    months=MONTHS,
    moment_filters=(
        Choice("", "Everything", True, "?"),
        Choice("talks", "Talks", False, "?show=talks"),
        Choice("mail", "Mail", False, "?show=mail"),
        Choice("notes", "Notes", False, "?show=notes"),
    ),
    moments_total="212 moments since March 2020",
    earlier_address="?before=abc",
    earlier_label="Earlier: 202 more, back to March 2020",
    facts=(
        FactLine("house", "Dev, and Arjun, 9, who plays violin", "She told Maya on 17 November", False, "/f/1"),
        FactLine("smile", "Short version first. Mornings. No Fridays.", "She told Maya", False, "/f/2"),
        FactLine("heart", "Does not drink", "Ali noticed in May", True, "/f/3"),
    ),
    handles=(
        HandleLine("mail", "priya@northwind.example", "mailto:priya@northwind.example", "", "/h/1"),
        HandleLine("phone", "+44 161 496 0718", "tel:+441614960718", "from her signature", "/h/2"),
        HandleLine("mail", "priya.raman@cedarstreet.example", None, "until 2022"),
    ),
    reach=FOCUS.reach,
    path=(
        Station("Head of Operations", "Northwind Clinics", "2022 to now", True, True, "/people?org=1"),
        Station("Operations manager", "Cedar Street Medical", "2018 to 2022, you met in March 2020", False, True),
        Station("Ward coordinator", "St Anne’s Hospital", "2014 to 2018"),
    ),
    acquaintances_more="3 more",
    acquaintances=(
        Acquaintance(ALI, "last in touch 19 November", bond(58, 0.8), "/people/ali", is_best=True),
        Acquaintance(SOFIA, "last in touch 2 March", bond(30, 0.7), "/people/sofia"),
    ),
    tags=(TagLine("leeds", "/people?tag=leeds", "/t/1"), TagLine("north", "/people?tag=north", "/t/2")),
    notes=(NoteLine("Prefers to hear bad news first, and early.", "Ali Rezaei", NOW - timedelta(days=12), "/n/1"),),
    merged=(Merged("P. Raman", NOW - timedelta(days=2), "/people/priya/unmerge/1"),),
    edit=EDIT,
    fact_kinds=(Choice("family", "Family", True), Choice("habit", "Habits"), Choice("birthday", "Birthday")),
)
PERSON_EDIT = replace(PERSON, edit=replace(EDIT, is_open=True, birthday=Field("31 June", "June has 30 days.")))
PERSON_EMPTY = replace(
    PERSON, face=ELENA, said_as="", title="", organization="", organization_address=None, local_time="", whose="",
    bond=bond(0, None), bond_sentence="You have not met yet.", strength=None, vitality=None, rhythm=None, months=(),
    moments_total="", earlier_address=None, facts=(), handles=(), reach=(), path=(), acquaintances=(), tags=(),
    notes=(), merged=(),
)  # fmt: skip
PERSON_LONG = replace(PERSON, face=MARCUS, title=LONG, organization=f"Gesellschaft für {LONG}")
PERSON_RTL = replace(PERSON, face=HEBREW, title="מנהלת תפעול", organization="גליל קייר", said_as="LEE-at")
WISHES = (
    WishLine(
        "do-not-contact",
        "Do not contact",
        "Nobody is reminded to write or call, and no way in is offered. They are labelled so on every list.",
        "She said so on the phone, and meant it.",
        "Written down by Maya Okafor on 3 November.",
    ),
    WishLine(
        "do-not-score",
        "Do not score",
        "No strength, rhythm or moment is reckoned or shown; screens and the API say so in their place.",
    ),
)
WISHES_BOTH = (WISHES[0], replace(WISHES[1], asked="Written down by Maya Okafor on 3 November."))
KNOWN = KnownPage(
    person=PRIYA,
    person_address="/people/p1",
    introduction="Everything known here about Priya Raman, by source, as far as whoever made this file may read it.",
    sections=(
        KnownSection(
            "person",
            "Who they are",
            "From cards and mail, or written by hand.",
            "1",
            ((("name", "Priya Raman"), ("said", "PREE-yah"), ("made at", "2020-03-02T09:00:00+00:00")),),
            True,
        ),
        KnownSection(
            "handle",
            "Addresses that reach them",
            "With where each was seen, and when.",
            "24",
            ((("kind", "email"), ("value", "a-very-long-address-that-does-not-end@" + "northwind." * 9 + "example")),),
            True,
        ),
        KnownSection("fact", "What was noted about them", "", "1", ((("kind", "family"), ("value", "Two cats")),)),
    ),
    wishes=WISHES,
    may_write=True,
    may_own=True,
)
KNOWN_WRONG = replace(KNOWN, sections=(), whole=Field("", "Say who asked for it, and when."))
KNOWN_READ = replace(KNOWN, may_write=False, may_own=False)
ERASE = ErasePage(
    person=PRIYA,
    person_address="/people/p1",
    going=(
        "Their name, places, tags, birthday, portrait and everything else on their page.",
        "Their addresses, also those taken away before: priya@northwind.example, +441614960718.",
    ),
    staying=("That somebody was erased, when and by whom, and keyed marks of the addresses that name nobody.",),
)
ERASE_WRONG = replace(
    ERASE,
    name=Field("Pri", "To erase them for good, write their name as it stands here: Priya Raman"),
    refused="An import is not over yet, and its files may hold them.",
)
ERASURES = ErasuresPage(
    lines=(
        ErasureLine(NOW, "Maya Okafor", "done", "12 things gone whole"),
        ErasureLine(NOW, "after a restore", "at work", "0 of 1 thing gone whole"),
    ),
    address=Field("ned@", "This is not an e-mail address."),
)
MERGE = MergePage(
    PRIYA, "/people/priya", "", (MergeCandidate("9", ELENA, "elena@northwind.example, 14 moments", "/people/elena"),)
)
MERGE_CHOSEN = replace(
    MERGE, candidates=(), other=MERGE.candidates[0],
    together=(
        "Called Priya Raman. Elena Ruiz is found by this page, too.",
        "Reached by priya@northwind.example, elena@northwind.example, +44 7700 900952.",
        "At Northwind Clinics, now or before.", "240 mails, meetings, talks and notes of both.",
    ),
)  # fmt: skip
WHY = WhyPage(PRIYA, "/people/priya", STRONG_CARE, STRENGTH, VITALITY, "Regular contact", MONTHS)
RESET = "rapport reset-second-factor --member maya@fernhill.example"
INTERACTION = InteractionPage(
    icon="mail",
    kind="Mail",
    headline="Two-site rota for Leeds",
    at=NOW - timedelta(days=3),
    aside="3 messages",
    participants=(
        Participant(PRIYA, "/people/priya", "from", "priya@northwind.example"),
        Participant(MAYA, "/people/maya", "to", "maya@fernhill.example"),
    ),
    text="Hi Maya,\n\ncould you send the two-site version before Leeds opens?\n\nPriya",
    quoted="> I’ll send it on Tuesday.\n> Maya",
    html_address=None,
    blocked=0,
    attachments=(
        AttachedFile("rota.xlsx", "24 KB", "/interactions/1/files/0"),
        AttachedFile("Grundriss_" + "x" * 90 + ".pdf", "1.2 MB", "/interactions/1/files/1"),
    ),
    source="From maya.mbox, imported on 14 November",
    is_private=False,
    person=PRIYA,
    person_address="/people/priya",
    thread=MONTHS[0].moments[1:2],
)
INTERACTION_HTML = replace(INTERACTION, html_address="/interactions/1/html", blocked=3, thread=(), quoted="")
INTERACTION_MEETING = replace(
    INTERACTION,
    icon="calendar",
    kind="Meeting",
    calendar_address="/interactions/1/calendar",
    place="https://meet.example/" + "x" * 90,
    place_address="https://meet.example/" + "x" * 90,
    participants=(replace(INTERACTION.participants[0], part="with", answer="no answer yet"),),
)
INTERACTION_COLLEAGUES = replace(INTERACTION, attachments=(AttachedFile("rota.xlsx", "24 KB"),), thread=(), quoted="")
INTERACTION_PRIVATE = replace(INTERACTION, is_private=True, headline="Ali and Priya wrote to each other", thread=())
READING = Progress(
    id="7", name="maya.mbox and 2 more", state="reading", started=NOW, found=6640, read=4120, stored=3402, same=0,
    skipped=706, quarantined=12,
    skips=(SkipLine("Newsletters and lists", 402, ("maya.mbox", "old/2019.mbox"), more=True),
           SkipLine("No-reply senders", 304)),
    rate="412 a second", left="about 6 seconds left", people=312, often=41,
    first_people=(FirstPerson(PRIYA, "/people/priya", "about every week"), FirstPerson(ELENA, "/p", "twice"),
                  FirstPerson(JONAS, "/people/jonas", "every month"), FirstPerson(MARCUS, "/p", "once")), can_undo=True,
    robots=(SkipLine("Newsletter", 220, address="/import/7/items?which=stored&rule=newsletter"),), in_part=34,
    is_large=True, by="Maya Lindgren",
    parts=(PartLine("Email, Birthday", "Some fields held no address.", ((f"Marcus {LONG}", "/people/marcus"),)),),
    mend_address="/import/7/to-mend",
    about="298 cards and rows were stored. They are about 296 people. 2 of them were here before.",
)  # fmt: skip
READ_IN_PART = replace(
    READING, id="8", name="contacts.csv", state="done", found=4120, rate="", left="", in_part=3,
    parts=(PartLine("Birthday", "A birthday such as 3/2/1990 may be two days.", (("Priya Raman", "/people/priya"),)),
           PartLine("Email, Phone", "Some fields held what could not be read.", (("Elena", "/people/elena"),))),
    tables_in_part=1, tables_sentence="We do not know what these columns hold.",
    tables=(TableLine("contacts.csv", "Ort, Straße geschäftlich, " + "Lieblingsblume" * 6),),
)  # fmt: skip
READ = replace(READING, id="6", name="calendar.ics", state="done", read=6640, stored=5922, rate="", left="")
STOPPED = replace(READING, id="5", state="failed", problem="The disk is full. What was read is kept.", rate="", left="")
IMPORT = ImportPage(
    (READING, READ, STOPPED),
    ".mbox, .mbox.gz, .eml, .ics, .vcf, .csv, or a .zip",
    "maya@f.example",
    most=1000,
    too_much="This is more than can be sent at once.",
    most_files=12,
    too_many="Those are too many files.",
    aside=12,
)
IMPORT_EMPTY = replace(IMPORT, imports=(), error="rota.xlsx is a spreadsheet. Save it as .csv and try again.")
IMPORTS = ImportsPage((READ, STOPPED, replace(READ, id="3", name=f"{LONG}.mbox", by="Ali", people=1)), False, 12, "?a")
IMPORTS_NONE = ImportsPage((), only_aside=True)
ASIDE_CHOICES = (
    Choice("found", "All it found 6,640", False, "/import/7/items"),
    Choice("left-out", "Left out 706", False, "/import/7/items?which=left-out"),
    Choice("set-aside", "Set aside 12", True, "/import/7/quarantine"),
)
ASIDE = ItemsPage(
    "7", "maya.mbox", "Set aside", ASIDE_CHOICES,
    (
        ItemLine(
            "1", "maya.mbox, message 1,204", "12 kB", "mail", within="old mail.zip", can_settle=True,
            reason="It names no sender. A mail without a sender cannot be placed with anybody; leave it out.",
            heading="Two-site rota", raw_address="/import/7/items/1/raw", text="Subject: Rota\n\nHello <b>" * 9,
            fields=(("Subject", "Two-site rota"), ("Date", "Thu, 19 Nov 2026")),
        ),
        ItemLine("2", "invite.ics", "1 kB", "calendar", reason="The meeting has no start.", can_settle=True),
    ),
    lead="12 items could not be read. They are kept exactly as they came, and nothing else waited for them.",
    more="?after=2",
)  # fmt: skip
IN_PART = replace(
    ASIDE, title="Read in part", mend_address="/import/7/to-mend", lead="Some fields held what could not be read.",
    items=(
        ItemLine(
            "3", "people.csv, row 7", "64 bytes", "clipboard-list", reason="Not read: Email, Birthday.",
            fields=(("Name", f"Marcus {LONG}"), ("Email", "not-an-address"), ("", "99/99/9999")),
            links=((f"Marcus {LONG}", "/people/marcus"),), ended="stored",
        ),
    ),
)  # fmt: skip
ITEMS_NONE = replace(ASIDE, items=(), rule="The file is empty.", everything_address="/import/7/items", is_theirs=True)
BROUGHT = BroughtPage(
    "7", "maya.mbox", 312,
    (BroughtPerson(PRIYA, "/people/priya", "Head of Operations, Northwind"), BroughtPerson(MARCUS, "/p", "")),
    "298 cards and rows were stored. They are about 296 people. 2 of them were here before.", "?after=2",
)  # fmt: skip
BROUGHT_NONE = replace(BROUGHT, total=0, people=(), about="", more=None)
TAKE_BACK = TakeBackPage(
    "7", "maya.mbox", ("310 people it brought, with what their cards said.", "3,402 mails and meetings."),
    ("2 people you changed or wrote about, with their names, addresses and places.",),
)  # fmt: skip
FIND = FindPage(
    "pri",
    (FoundPerson(PRIYA, "Northwind Clinics", "/people/priya", STRONG_CARE),),
    (FoundAction("phone", "Log a call with Priya", "/log?about=priya", ("L",)), FoundAction("sun", "Today", "/")),
)
FOUND_MAIL = FoundMoment(
    "/interactions/1", NOW - timedelta(days=3), "mail",
    (Words("The "), Words("pri", True), Words("ces for Leeds")),
    "Priya Raman and you · 3 messages",
    (Words("…could you send the "), Words("pri", True), Words("ces of the two-site version before Leeds opens? We "
     "would like to show them to the board on Thursday, together with what Elena wrote about the second floor.")),
    ((Words("Pri", True), Words("ces_2026_final_version_2.xlsx")),), "them",
)  # fmt: skip
FOUND_NOTE = FoundMoment(
    "/interactions/2", NOW - timedelta(days=400), "sticky-note", (Words("Note"),),
    "Wolfgang Amadeus Freiherr von und zu Hohenstaufen-Wittelsbach, Priya Raman, and 2 more",
    (Words("Two cats, "), Words("Pri", True), Words("nz and Mo. " + "Langeswortohneleerzeichen" * 6)),
)  # fmt: skip
SEARCH = SearchPage("pri", (FOUND_MAIL, FOUND_NOTE, FOUND_MAIL), more="/search?q=pri&after=x")
SEARCH_NOTHING = SearchPage("zebra" * 8)
SEARCH_TROUBLE = SearchPage("-draft", trouble="Say a word that stands in it.")
FIND = replace(FIND, moments=(FOUND_MAIL, FOUND_NOTE), search_address="/search?q=pri")
FIND_NOBODY = FindPage("zzz", (), (), (FoundPerson(WEI, "Solace Health", "/people/wei", None),))
UNDERSTOOD = Understood(
    (
        Chip("phone", "Call, today, 10 min", "kind", "call"),
        Chip("users", "Priya Raman", "person", "priya"),
        Chip("calendar", "today 09:18", "at", "2026-11-24T09:18"),
    )
)
LOG = LogPage(text="called priya 10 min, rota works", understood=UNDERSTOOD)
LOG_WHICH = LogPage(
    text="called priya and Xyzzy",
    understood=Understood(
        UNDERSTOOD.chips[:1],
        (
            NameAsked(
                "meant:priya", "priya", (PersonChoice("1", PRIYA, "Northwind"), PersonChoice("2", ELENA, "x")), "2", 12
            ),
            NameAsked("meant:Xyzzy", "Xyzzy"),
        ),
    ),
    error="It is not clear who is meant by “priya” and “Xyzzy”. Say the whole name, or whom you mean.",
)
SIGNIN = SignInPage()
SIGNIN_WRONG = SignInPage(email=Field("maya@fernhill.example"), error="The password does not fit this address.")
SIGNIN_SENT = SignInPage(email=Field("maya@fernhill.example"), link_sent=True)
LINK = LinkPage("abc", True, "Maya", workspace="Fernhill")
LINK_INVITED = LinkPage(
    "abc", True, "", "nia@fernhill.example", "Fernhill", "invitation", is_new=True, called=Field("Nia")
)
LINK_ADDRESS = LinkPage("abc", True, email=f"maya@{LONG}.example", replaces="maya@fernhill.example", purpose="address")
LINK_USED = LinkPage("abc", False, problem="It was used already, on 24 November at 09:02.")
ZONES = (Choice("Europe/London", "Europe/London", True), Choice("America/New York", "America/New_York"))
DAYS = tuple(
    Choice(str(n + 1), name, n < 5) for n, name in enumerate(("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"))
)
WELCOME = WelcomePage()
WELCOME_DAYS = WelcomePage(step=2, time_zones=ZONES, working_days=DAYS)
WELCOME_BEGIN = WelcomePage(step=3)
SETTINGS = SettingsPage(
    Field("Maya Lindgren"), Field("maya@fernhill.example"), Field(), ZONES, DAYS, (Choice("en", "English", True),),
    (Choice("system", "As my system", True), Choice("light", "Light"), Choice("dark", "Dark")),
    (Choice("plain", "Usual", True), Choice("legible", "Extra legible"), Choice("system", "My system’s")),
    True, (KeyField("key-l", "Log what happened", Field("L")), KeyField("key-n", "New person", Field("N"))),
    tuple(Choice(n, n, n == "7") for n in "1234567"),
)  # fmt: skip
SETTINGS_WAITING = replace(
    SETTINGS, own_address="maya@fernhill.example",
    waiting=WaitingAddress(f"maya@{LONG}.example", NOW, "The mail was sent."),
)  # fmt: skip
SETTINGS_NO_MAIL = replace(
    SETTINGS, own_address="maya@fernhill.example", email=Field("x", "No mail goes out from here."),
    address_command="rapport set-address you@your-company.com --member maya@fernhill.example",
)  # fmt: skip
SESSIONS = SessionsPage(
    (
        SessionLine("1", "Firefox on Linux", "Manchester", NOW, True),
        SessionLine("2", "Safari on iPhone", "", NOW - timedelta(days=4)),
    )
)
KEYS = KeysPage(
    (
        KeyLine("1", "Nightly export", NOW - timedelta(days=90), NOW, may_write=True),
        KeyLine("2", "Trying things", NOW, None, until=NOW + timedelta(days=30)),
        KeyLine("3", "Last year", NOW, None, until=NOW - timedelta(days=30), is_over=True),
    ),
    fresh="rap_fernhill_0f3b9c1d2e4a5b6c7d8e9f00112233445566",
    may=(Choice("read", "Only look", True), Choice("write", "Look and change things")),
    lasts=(Choice("90", "90 days", True), Choice("always", "until I remove it")),
)
FACTORS = FactorsPage(
    (PasskeyLine(1, "My phone", NOW - timedelta(days=20), NOW), PasskeyLine(2, f"The key of {LONG}", NOW)),
    has_app=True, is_on=True, codes_left=9,
)  # fmt: skip
FACTORS_NEW = FactorsPage(
    is_needed=True, codes=tuple(f"1234567{n}" for n in range(10)), secret="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
    picture="data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4=",
    code=Field("", "This is not the code the app shows now. Type the newest one."), can_passkey=False,
)  # fmt: skip
CONFIRM = ConfirmPage(
    "/settings/keys",
    (("name", "A program"),),
    email="maya@fernhill.example",
    command="rapport link --member maya@fernhill.example",
)
CHANGES = ChangesPage(
    (
        ChangeLine("1", "Done for today: Priya Raman", "Maya", NOW, True),
        ChangeLine("2", "Joined P. Raman with Priya Raman", "Maya", NOW - timedelta(days=2), False, True),
        ChangeLine("3", "Imported maya.mbox", "Ali", NOW - timedelta(days=31), False, False, "older than 30 days"),
    )
)
TEAM = TeamPage(
    (
        MemberLine(MAYA, "maya@fernhill.example", "owner", NOW, "/people/maya", True),
        MemberLine(
            ALI,
            "ali@fernhill.example",
            "member",
            None,
            "/people/ali",
            id="m2",
            has_factor=True,
            may_reset=True,
            roles=(Choice("admin", "Admin"), Choice("member", "Member", True)),
        ),
    ),
    (
        InviteLine(
            "1",
            "sofia@fernhill.example",
            "member",
            NOW + timedelta(days=7),
            "https://rapport.fernhill.example/link/wOXYcwq2mwHDKrGSFcVSP6rpU3MOASqpTvn_zGVQS-A",
        ),
    ),
    True,
    roles=(Choice("member", "Member", True), Choice("admin", "Admin")),
    colleagues=(
        ColleagueLine(SOFIA, "Support", "/people/sofia", "sofia@fernhill.example"),
        ColleagueLine(ALI, "", "/people/ali"),
    ),
)
LOST = TroublePage(404, "This page is not here", "Perhaps somebody joined two people, or the address has a slip.")
FAILED = TroublePage(500, "Something here broke", "Nothing you typed is lost. Try again.", "/", "Try again", "7f3a")

TODAY_READING = replace(NOBODY, quiet=0, reading=replace(READING, first_people=(), often=0))
SETTINGS_FIRST = replace(SETTINGS, has_password=False, password=Field(error="This password is too short."))
SETTINGS_LATE = replace(SETTINGS_FIRST, has_just_entered=False)

LONG_NAME = "Linux MIPS kernel mailing list"
DOORS = (WorkspaceDoor(LONG_NAME, "/workspaces/1", True), WorkspaceDoor("My own", "/workspaces/2"))
SHELLS = {
    "signin": shell(),
    "rtl": shell("today", language="he", direction="rtl"),
    "held": shell("today", may_release=True),
    "sample": shell(
        "today",
        is_sample=True,
        may_leave_sample=True,
        as_of=date(2026, 11, 1),
        workspaces=(WorkspaceDoor("Fernhill", "/workspaces/1", True), WorkspaceDoor("My own", "/workspaces/2")),
        toast=Toast("Done for today: Tomás.", "j1"),
    ),
}
PAGES: dict[str, tuple[str, Shell, object]] = {
    "today": ("today.html", shell("today"), TODAY),
    "today-sample": ("today.html", SHELLS["sample"], TODAY),
    "today-nobody": ("today.html", shell("today"), NOBODY),
    "today-finished": ("today.html", shell("today"), FINISHED),
    "today-reading": ("today.html", SHELLS["held"], TODAY_READING),
    "today-first": ("today.html", shell("today"), NO_PEOPLE),
    "workspace-long": ("today.html", shell("today", workspace=LONG_NAME), NOBODY),
    "workspaces-long": ("today.html", shell("today", workspace=LONG_NAME, workspaces=DOORS), NOBODY),
    "today-guest": ("today.html", shell("today", may_write=False, may_import=False), NO_PEOPLE),
    "today-long": ("today.html", shell("today"), LONG_TODAY),
    "today-rtl": ("today.html", SHELLS["rtl"], RTL_TODAY),
    "why-these": ("why_these.html", shell("today"), WHY_THESE),
    "people": ("people.html", shell("people"), PEOPLE),
    "people-wrong": ("people.html", shell("people"), PEOPLE_WRONG),
    "people-rtl": ("people.html", shell("people", language="ar", direction="rtl"), PEOPLE),
    "organizations": ("organizations.html", shell("organizations"), ORGANIZATIONS),
    "organizations-none": ("organizations.html", shell("organizations"), NO_ORGANIZATIONS),
    "organizations-not-found": ("organizations.html", shell("organizations"), ORGANIZATION_NOT_FOUND),
    "organization": ("organization.html", shell("organizations"), ORGANIZATION),
    "organization-rtl": ("organization.html", shell("organizations", language="ar", direction="rtl"), ORGANIZATION),
    "organization-wrong": ("organization.html", shell("organizations"), ORGANIZATION_WRONG),
    "organization-empty": ("organization.html", shell("organizations"), EMPTY_ORGANIZATION),
    "organization-join": ("organization_join.html", shell("organizations"), JOIN_PAGE),
    "organization-join-chosen": ("organization_join.html", shell("organizations"), JOIN_CHOSEN),
    "people-not-found": ("people.html", shell("people"), NOBODY_FOUND),
    "people-first": ("people.html", shell("people"), NO_PEOPLE_YET),
    "new-person": ("new_person.html", shell("people"), NEW_PERSON),
    "new-person-known": ("new_person.html", shell("people"), NEW_PERSON_KNOWN),
    "new-person-wrong": ("new_person.html", shell("people"), NEW_PERSON_WRONG),
    "person": ("person.html", shell("people", toast=Toast("Saved: a call with Priya.", "j1")), PERSON),
    "person-edit": ("person.html", shell("people"), PERSON_EDIT),
    "person-empty": ("person.html", shell("people"), PERSON_EMPTY),
    "person-long": ("person.html", shell("people"), PERSON_LONG),
    "person-rtl": ("person.html", shell("people", language="he", direction="rtl"), PERSON_RTL),
    "merge": ("merge.html", shell("people"), MERGE),
    "merge-chosen": ("merge.html", shell("people"), MERGE_CHOSEN),
    "known": ("known.html", shell("people"), KNOWN),
    "known_wrong": ("known.html", shell("people"), KNOWN_WRONG),
    "known_read": ("known.html", shell("people"), KNOWN_READ),
    "person_asked": ("person.html", shell("people"), replace(PERSON, wishes=WISHES_BOTH)),
    "erase": ("erase.html", shell("people"), ERASE),
    "erase_wrong": ("erase.html", shell("people"), ERASE_WRONG),
    "erasures": ("erasures.html", shell("settings"), ERASURES),
    "erasures_none": ("erasures.html", shell("settings"), ErasuresPage(lines=())),
    "why": ("why.html", shell("people"), WHY),
    "interaction": ("interaction.html", shell("people"), INTERACTION),
    "interaction-html": ("interaction.html", shell("people"), INTERACTION_HTML),
    "interaction-meeting": ("interaction.html", shell("people"), INTERACTION_MEETING),
    "interaction-colleagues": ("interaction.html", shell("people"), INTERACTION_COLLEAGUES),
    "interaction-private": ("interaction.html", shell("people"), INTERACTION_PRIVATE),
    "import": ("import.html", shell("import"), IMPORT),
    "import-empty": ("import.html", shell("import"), IMPORT_EMPTY),
    "import-progress": ("import_progress.html", shell("import"), ImportProgressPage(READING)),
    "import-read-in-part": ("import_progress.html", shell("import"), ImportProgressPage(READ_IN_PART)),
    "imports": ("imports.html", shell("import"), IMPORTS),
    "imports-none": ("imports.html", shell("import"), IMPORTS_NONE),
    "import-aside": ("import_items.html", shell("import"), ASIDE),
    "import-in-part": ("import_items.html", shell("import"), IN_PART),
    "import-items-none": ("import_items.html", shell("import"), ITEMS_NONE),
    "import-people": ("import_people.html", shell("import"), BROUGHT),
    "import-people-none": ("import_people.html", shell("import"), BROUGHT_NONE),
    "import-take-back": ("take_back.html", shell("import"), TAKE_BACK),
    "find": ("find.html", shell(), FIND),
    "search": ("search.html", shell(), SEARCH),
    "search-empty": ("search.html", shell(), SearchPage("")),
    "search-nothing": ("search.html", shell(), SEARCH_NOTHING),
    "search-trouble": ("search.html", shell(), SEARCH_TROUBLE),
    "find-nobody": ("find.html", shell(), FIND_NOBODY),
    "log": ("log.html", shell(), LOG),
    "log-which": ("log.html", shell(), LOG_WHICH),
    "signin": ("signin.html", shell(), SIGNIN),
    "signin-wrong": ("signin.html", shell(), SIGNIN_WRONG),
    "signin-sent": ("signin.html", shell(), SIGNIN_SENT),
    "link": ("link.html", shell(), LINK),
    "link-invited": ("link.html", shell(), LINK_INVITED),
    "link-address": ("link.html", shell(), LINK_ADDRESS),
    "link-used": ("link.html", shell(), LINK_USED),
    "welcome": ("welcome.html", shell(), WELCOME),
    "welcome-days": ("welcome.html", shell(), WELCOME_DAYS),
    "welcome-begin": ("welcome.html", shell(), WELCOME_BEGIN),
    "leave-sample": ("leave_sample.html", shell(), LeavePage()),
    "end-workspace": ("end_workspace.html", shell(), EndPage("Fernhill", Field("Fernhil", "Write its name exactly."))),
    "nowhere": ("nowhere.html", shell(), None),
    "settings": ("settings.html", shell("settings"), SETTINGS),
    "settings-waiting": ("settings.html", shell("settings"), SETTINGS_WAITING),
    "settings-no-mail": ("settings.html", shell("settings"), SETTINGS_NO_MAIL),
    "settings-first": ("settings.html", shell("settings"), SETTINGS_FIRST),
    "settings-late": ("settings.html", shell("settings"), SETTINGS_LATE),
    "settings-late-mail": ("settings.html", shell("settings"), replace(SETTINGS_LATE, can_mail=True)),
    "sessions": ("sessions.html", shell("settings"), SESSIONS),
    "api-keys": ("api_keys.html", shell("settings"), KEYS),
    "factors": ("factors.html", shell("settings"), FACTORS),
    "factors-new": ("factors.html", shell("settings"), FACTORS_NEW),
    "second-step": (
        "second_step.html",
        shell(),
        SecondStepPage(True, True, RESET),
    ),
    "second-step-wrong": (
        "second_step.html",
        shell(),
        SecondStepPage(True, False, RESET, code=Field("", "Not right.")),
    ),
    "confirm": ("confirm.html", shell(), CONFIRM),
    "confirm-both": ("confirm.html", shell(), replace(CONFIRM, by_password=False, by_code=True, by_passkey=True)),
    "confirm-by-link": ("confirm.html", shell(), replace(CONFIRM, by_password=False, can_mail=True)),
    "forgotten": ("forgotten.html", shell(), ForgottenPage()),
    "forgotten-sent": ("forgotten.html", shell(), ForgottenPage(Field("maya@fernhill.example"), is_sent=True)),
    "forgotten-no-mail": ("forgotten.html", shell(), ForgottenPage(can_mail=False)),
    "link-password": ("link.html", shell(), LinkPage("abc", True, email="maya@fernhill.example", purpose="password")),
    "changes": ("changes.html", shell("settings"), CHANGES),
    "team": ("team.html", shell("team"), TEAM),
    "lost": ("trouble.html", shell(), LOST),
    "failed": ("trouble.html", shell(), FAILED),
}
