"""English: what clinics, dentists, hotels, schools and the others write to the people who make their booking software."""

# ruff: noqa: E501 - a sentence stays whole on one line, so that it can be searched for

from __future__ import annotations

from rapport.village.talk.bank import ours, theirs

_CARE = (
    theirs(
        "clinic hospice physio",
        "Night rota for {room}",
        "The night rota for {room} shows {n} shifts and we only staff two fewer. Where do I take the extra ones out?",
        "Open the rota, choose Nights, then Usual week: the two extra shifts sit on {day}. I left them for you to remove.",
        "Found and removed. The printed rota is right now.",
    ),
    theirs(
        "clinic physio",
        "Swap on {day}",
        "Two nurses want to swap {day} without asking me each time. Can I allow that for {room} only?",
        "Yes. Settings, Swaps, and tick {room}. You still get a note each time, and you can undo it for a day.",
        "Set up. The first swap went through at {time} and nobody rang me.",
    ),
    theirs(
        "clinic",
        "Vaccination mornings",
        "We run {n} vaccination slots on {day} from {time}. Five minutes each, two chairs. How would you set that up?",
        "As one clinic with two chairs, not as two diaries. I made a draft for {day}, not yet visible to patients.",
        "We opened it at noon and it filled by four. The two chairs were the trick.",
    ),
    theirs(
        "clinic physio dental",
        "Missed appointments",
        "Here are our figures: {n} missed in March, down from the month before. The reminder two days ahead did more than the one on the day.",
        "Thank you for sharing. The practice in {place} saw the same with two days ahead.",
    ),
    theirs(
        "dental",
        "Hygienist and dentist in one visit",
        "Families want the hygienist and the dentist one after the other, in one booking. Is there a way?",
        "There is: a linked booking. I switched it on for {room}; the second slot follows by itself, ten minutes later.",
        "Three families booked it on {day}. It holds.",
    ),
    theirs(
        "dental",
        "Emergency slots",
        "We keep {n} emergency slots a day and they are gone by {time}. Could half of them open only at noon?",
        "Yes, with Open later. Half of them now open at noon from {day} on.",
        "The noon ones lasted until three. Much better.",
    ),
    ours(
        "clinic dental physio hospice vet",
        "Rota templates from other places",
        "A practice in {place} shares {n} rota templates and lets others copy them. The one for part-time teams may fit {room}. Would you like it?",
        "Yes please. We are nine people on six contracts.",
        "It’s in your templates now, under Part-time, nine people.",
    ),
    ours(
        "clinic hospice",
        "Second site",
        "For the second site I suggest we copy the first one on {day} evening, when nobody books. It takes about {n} minutes.",
        "{day} evening is fine. I’ll be there until {time}.",
        "Copied. Both sites show in the left column; staff see only their own.",
    ),
    theirs(
        "hospice",
        "Volunteers on {day}",
        "We have {n} volunteers for {day} and no place to note who drives. May I use the field for equipment?",
        "Better not, it prints on the door list. I added a field called Drives, only visible to you.",
        "Perfect. The drivers’ list hangs in the kitchen.",
    ),
    theirs(
        "hospice",
        "Families visiting",
        "Families may stay overnight in {room} now. We would like to see that beside the nurses’ rota, without names.",
        "It’s there as a grey bar without names. Only the ward sister can open it.",
    ),
    theirs(
        "physio",
        "Group class in {room}",
        "Our back class has {n} places and people book for the whole course. Can they skip one week and keep the place?",
        "Yes, they press Not this week. The free place goes to the waiting list until {time} on the day.",
        "First week: two skipped, two came from the list.",
    ),
    theirs(
        "vet",
        "Surgery mornings",
        "Surgery on {day} takes {n} animals and the cats must come before the dogs. Can the diary know that?",
        "It can: order by kind. Cats until ten, dogs after. I set it for {room}.",
        "The waiting room was quiet for once. The cats agree.",
    ),
    theirs(
        "vet",
        "Lambing season",
        "From {day} two vets are out on farms until {time}. We need the town diary to show only who is really here.",
        "Mark them as On the road; the town diary hides them and farms still see them.",
    ),
)

_PLACES = (
    theirs(
        "hotel",
        "Breakfast times on {day}",
        "A walking group of {n} wants breakfast at half past six on {day}. Can the kitchen rota start earlier, just once?",
        "Drag the start of that day to six. It stays a one-off; the usual week is untouched.",
        "Done, and the kitchen has seen it.",
    ),
    theirs(
        "hotel",
        "Housekeeping and late check-out",
        "When we grant a late check-out, housekeeping still sees the room as free at {time}. Where does that go wrong?",
        "The two diaries didn’t talk to each other. They do now: late check-out moves the cleaning slot by itself.",
        "Tested with {room} today, the slot moved.",
    ),
    theirs(
        "hotel",
        "Wedding in {room}",
        "We have a wedding on {day}, {n} guests, and I blocked {room} from {time}. The bar staff see it as well, which helped.",
        "Nice use of it. I’ll show that to the others, if I may leave out the names.",
    ),
    ours(
        "hotel",
        "Season start",
        "Last year you opened the season with {n} new people. Shall I prepare the first-week rota the same way?",
        "Yes, the same, with one more on reception on {day}.",
        "Prepared as a draft. Nothing goes to staff before you press Share.",
    ),
    theirs(
        "school",
        "Timetable for year {n}",
        "The timetable for the lower school has chemistry in {room} twice at {time} on {day}. Can both classes be told at once if I move one?",
        "Yes: move it and choose Tell everyone. Pupils and both teachers get one message each.",
        "Moved to the period after lunch. The message was clear.",
    ),
    theirs(
        "school",
        "Parents’ evening",
        "Parents’ evening is on {day}: {n} teachers, ten minutes each. Last year people queued. What would you do differently?",
        "Leave every fifth slot empty, and let parents see a walking time between rooms. I made you a draft.",
        "We finished at {time}, a first. The empty slots did it.",
    ),
    theirs(
        "school",
        "Supply teachers",
        "Our supply teacher for {day} needs the rota without the pupils’ notes. Which role is that?",
        "Guest. It shows times and rooms and nothing else, and ends by itself on {day} evening.",
        "Set up, she could print it.",
    ),
    ours(
        "school library",
        "Summer holidays",
        "Before the summer: I can switch off reminders for the {n} closed days, so nobody gets a message in August. Shall I?",
        "Please. We are back on a {day}, as every year.",
        "Switched off, and on again from that day.",
    ),
    theirs(
        "theatre",
        "Rehearsals in {room}",
        "Rehearsals moved to {room} from {day} on. The choir has it until {time}, so we start a quarter of an hour later.",
        "Moved all {n} dates. The choir’s booking stays on top.",
    ),
    theirs(
        "theatre",
        "Front-of-house rota",
        "We need {n} ushers on {day} and two of them must know the hoist. Can the rota ask for that?",
        "It can ask for a skill. I added Hoist and gave it to the four people you named last year.",
        "It picked the right two.",
    ),
    theirs(
        "library",
        "Story hour",
        "Story hour is full on {day} and {n} children are on the waiting list. We will run a second one at {time} in {room}.",
        "The second hour is bookable, and the waiting list was told first.",
    ),
    theirs(
        "library",
        "Meeting room keys",
        "Groups book {room} and then nobody has the key. Could the confirmation say where it is?",
        "It does now: second line, in bold, only for {room}.",
        "No calls about keys this week.",
    ),
)

_SUPPLIERS = (
    theirs(
        "supplier",
        "Quarterly figures",
        "For the quarterly figures I am missing {n} receipts from the week of the trade fair. Can someone send them by {day}?",
        "All in one file, sorted by date. Two taxi receipts are lost, I noted them on top.",
        "Complete now. You get the draft on {day}.",
    ),
    theirs(
        "supplier",
        "Delivery on {day}",
        "Your {n} leaflets leave here on {day} and should be with you by {time}. The paper is a shade warmer than the sample.",
        "They arrived and the warmer paper looks right.",
    ),
    theirs(
        "supplier",
        "Maintenance window",
        "We replace a switch on {day} at 02:00. You may see {n} seconds without network. Nothing to do on your side.",
        "Thanks, noted in our calendar and on the status page.",
    ),
    ours(
        "supplier",
        "Order for the spring guide",
        "We need {n} copies of the spring guide in {place}. Could they be there by {day}?",
        "They can, if the file is here by {time} tomorrow.",
        "The file is in your folder.",
    ),
)

TRADE_TOPICS = _CARE + _PLACES + _SUPPLIERS
