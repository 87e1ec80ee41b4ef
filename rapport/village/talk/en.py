"""English: how one greets, signs and speaks about everyday things. What each trade asks is in `en_trades`."""

# ruff: noqa: E501 - a sentence stays whole on one line, so that it can be searched for

from __future__ import annotations

from rapport.village.talk.bank import Bank, ours, theirs
from rapport.village.talk.en_trades import TRADE_TOPICS

_ANYONE = (
    theirs(
        "",
        "New starters on {day}",
        "We have {n} people starting on {day}. Is there a short version of the introduction they could watch first?",
        "There is, eleven minutes, no sound needed: it’s under Help, then First day. I’ve sent you {n} log-ins separately.",
        "All of them got in before {time}. Thank you.",
    ),
    theirs(
        "",
        "Text reminders went out twice",
        "Two people told us their reminder came twice on {day}. Could you look at what happened?",
        "I found it: the reminder rule was switched on for the site and again for {room}. I turned the second one off.",
        "Checked with both of them, only one came today. Closed from our side.",
    ),
    theirs(
        "",
        "Invoice for last quarter",
        "Our finance team asks for the purchase order number on the invoice. Can you send it again with {n}-A at the top?",
        "Corrected invoice attached, with {n}-A at the top and the same due date.",
        "Received and passed on. They pay on {day}.",
        enclosed="invoice.pdf",
    ),
    theirs(
        "",
        "Closed on {day}",
        "A note so nobody wonders: we are closed on {day} for the boiler. {room} opens again the morning after at {time}.",
        "Thanks for saying. I’ve moved our call and put a line on your booking page.",
    ),
    theirs(
        "",
        "It worked",
        "Telling you because you asked: {day} went without a single double booking, {n} appointments, all in {room} and next door.",
        "That’s the news I hoped for. It goes on the wall, next to the first sketch of that screen.",
    ),
    theirs(
        "",
        "A wish from the front desk",
        "The front desk wants to see who made a booking, without opening it. Would that be hard?",
        "Not hard. It’s on the list for the spring release; I’ve written down that it came from you.",
        "They’ll be watching for it. Thank you for the straight answer.",
    ),
    theirs(
        "",
        "Who signs now",
        "From next month the contract is signed by our new operations lead. I’ll introduce you both on {day}.",
        "Good to know. I’ll keep {time} free.",
    ),
    ours(
        "",
        "Notes from {day}",
        "Here is what I took away from {day}: you try {room} first, for {n} days, and we look at it together after that. Did I get it right?",
        "That’s it. One correction: we start with the afternoon only.",
        "Corrected. Afternoon only, in {room}.",
    ),
    ours(
        "",
        "What changed in the new release",
        "Three changes went live last night. The one you asked about: a booking can now be moved without cancelling it. Two clicks, and the person gets one message.",
        "Tried it at {time}. It does what you say.",
        "Good. If the message reads oddly to anyone, send it to me as it came.",
    ),
    ours(
        "",
        "Price from January",
        "A heads-up before the letter: your price stays as it is next year. No need to do anything.",
        "Noted, and passed to finance. Thanks for telling us early.",
    ),
    ours(
        "",
        "Visit on {day}",
        "I’m near you on {day}. Could I sit at the front desk for an hour around {time} and just watch?",
        "Yes. Ask for me at the door; {room} is quiet then and there’s a spare chair.",
        "I’ll be there at {time}. I bring my own tea.",
    ),
    ours(
        "",
        "Someone you could talk to",
        "You asked who else had done this. A practice in {place} went through it last spring and offered to talk. Shall I introduce you?",
        "Please do. Mornings are best for me.",
        "Introduced in a separate mail. They answer quickly.",
    ),
    ours(
        "",
        "Repair last night",
        "Between {time} and midnight the calendar could not be saved. It is repaired, nothing was lost, and the cause is written up on our status page.",
        "We saw it and waited. Thank you for writing before we had to ask.",
    ),
    ours(
        "",
        "Thank you for the visit",
        "Thank you for the hour on {day}. I wrote down {n} things to mend, and two of them are mended.",
    ),
    ours(
        "",
        "The guide you wanted",
        "The guide about fewer missed appointments is out. The page on {day} mornings uses your figures, without your name.",
    ),
)

BANK = Bank(
    language="en",
    hellos=("Hi {name},", "Hello {name},", "Dear {name},", "Morning {name},", "{name},"),
    byes=("Best,", "Best wishes,", "Thanks,", "All the best,", "Kind regards,", "Speak soon,"),
    days=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"),
    rooms=(
        "Room 2",
        "the upstairs room",
        "the garden room",
        "the east wing",
        "the small hall",
        "Room 5",
        "reception",
        "the annexe",
    ),
    asides=(
        "I’m in until {time} if it’s easier to talk.",
        "The trains are off again, so I’m working from home on {day}.",
        "Our allotment gave us {n} marrows; help yourself next time you’re here.",
        "I’m off on {day} for my daughter’s school play.",
        "We moved desks, so my old extension no longer works.",
        "Half the building has a cold, so replies may take a day.",
        "I start earlier on {day} now: from seven to three.",
        "No rush from our side.",
        "I’ve copied this into the shared notes.",
        "The roof is finally done, after {n} weeks of scaffolding.",
        "Short version, as you like it.",
        "I’m back from Wales, two hundred miles on the bike.",
        "The new kettle has arrived, which matters more than it should.",
        "On Fridays I only read mail once, at noon.",
    ),
    topics=_ANYONE + TRADE_TOPICS,
    titles=(
        "Practice manager",
        "Operations lead",
        "Front desk lead",
        "Deputy manager",
        "Rota coordinator",
        "Head of administration",
        "Site lead",
        "Receptionist",
        "Finance officer",
        "Clinical lead",
        "IT coordinator",
        "Director",
    ),
    wrote="On {date}, {name} <{address}> wrote:",
    date="{weekday}, {d} {month} {y} at {time}",
    weekdays=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    months=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    leaving=(
        "My last day here is {day}",
        "After some good years I’m leaving {old}; my last day is {day}. From next week I’m at {new}, and you can write to me at {address}.",
    ),
    arrived=(
        "New desk, same me",
        "I’ve started at {new}. This is my address from now on, and the phone number stays the same. The rota here is on a whiteboard, so expect to hear from me.",
    ),
    away=(
        "Automatic reply: {subject}",
        "Thank you for your message. I’m away until {day} and read mail again after that. For anything that can’t wait, please ring reception.",
    ),
)
