"""A mail's own words: quotes, signatures and disclaimers are cut for reading."""

from __future__ import annotations

import time

import pytest

from rapport.channels.mail.own_words import cut_off, excerpt_of, own_words
from rapport.channels.mail.questions import question_in


@pytest.mark.parametrize(
    "below",
    [
        "> old\n> older\n",
        "On Tue, 3 Mar 2026 at 10:00, Ana <ana@x.org> wrote:\n> old\n",
        "On Tue, 3 Mar 2026 at 10:00, Ana Maria Lopez y Garcia\n<ana@x.org> wrote:\n\n> old\n",
        "Am 03.03.2026 um 10:00 schrieb Ana:\n> alt\n",
        "Le mar. 3 mars 2026 à 10:00, Ana <ana@x.org> a écrit :\n> vieux\n",
        "El 3 mar 2026, a las 10:00, Ana escribió:\n\nviejo\n",
        "2026年3月3日(火) 10:00 Ana <ana@x.org>:\n> 古い\n",
        "-----Original Message-----\nFrom: Ana\nold\n",
        "-----Ursprüngliche Nachricht-----\nVon: Ana\nalt\n",
        "________________________________\nFrom: Ana\nSent: Tuesday\nTo: Bo\nSubject: x\n\nold\n",
        "Von: Ana\nGesendet: Dienstag\nAn: Bo\nBetreff: x\n\nalt\n",
        "---------- Forwarded message ---------\nFrom: Ana\n\nold\n",
        "-- \nPriya Nair\nFernhill\n",
        "Sent from my iPhone\n",
        "Best regards,\nPriya\n+44 20 7946 0000\n",
        "Mit freundlichen Grüßen\nPriya\n",
        "_______________________________________________\nA mailing list\nhttp://lists.org/listinfo\n",
        "This e-mail and any attachments are confidential and intended only for you.\n",
        "Diese E-Mail enthält vertrauliche Informationen.\n",
        "diff -u a/x b/x\n--- a/x\n+++ b/x\n",
        "Date: Thu, 26 Jun 2014 13:53:45 +0400\nSubject: x\nFrom: ana@x.org\nTo: bo@x.org\n\nold\n",
        "Thu, 26 Jun 2014 14:00:51 +0400 от Ana <ana@x.org>:\n\nстарое\n",
        '26.06.2014, 14:41, "Ana" <ana@x.org>:\n\nстарое\n',
        "Thank you,\nPriya\n",
        "-Priya Nair\n\npriya@fernhill.org\n",
        "Priya Nair\npriya@fernhill.org\n(555) 346-9947\nwww.fernhill.org\n",
        "Priya Nair\nHead of Care\nFernhill & Sons Ltd.\npriya@fernhill.org\n(555) 346-9947\n",
        "----------------\nPriya Nair\nt. 555-931-0702\nhttp://www.fernhill.org/\n",
    ],
)
def test_what_is_not_ones_own_is_cut(below: str) -> None:
    assert own_words("Friday works for me.\n\n" + below).text == "Friday works for me."
    assert cut_off("Friday works for me.\n\n" + below).splitlines() == [line.rstrip() for line in below.splitlines()]


def test_answers_between_quotes_all_stay() -> None:
    text = "Ana wrote:\n> Friday?\nYes.\n> And Monday?\nNo, sorry.\n"
    assert own_words(text).text == "Yes.\nNo, sorry."


def test_a_list_of_points_and_a_sentence_with_from_stay() -> None:
    text = "Plan:\n- one\n- two\nFrom Monday on we are open.\nThis is new.\n"
    assert own_words(text).text == text.strip()


@pytest.mark.parametrize(
    "text",
    [
        "Thank you,\nthat was kind of you. See you soon.",
        "Please call\n\n555 931 0702 before noon, or write to\nana@x.org",
        "We bring:\n\n- Bread\n- Water",
        "Hi.\n\nFor the rota, ask one of these:\n0161 496 0718\nwww.fernhill.org",
        "Date: Friday\nPlace: the mill",
        "Dear Bob,\n\nplease compare\n\nRed option\nhttps://a.example/1\nhttps://b.example/2",
        "Dear Bob,\n\nplease compare\n\nRed Option\nhttps://a.example/1\nhttps://b.example/2",
        "Can you call them today?\n\nNumbers\n030 1234567\n030 1234568",
        "Call her today:\n\nAnna Weiss\n030 1234567\nanna@x.org",
        "Hi.\n\nAnna Weiss\n030 1234567\nor better write to her\nanna@x.org",
        "Hi.\n\nAnna Weiss\n\n030 1234567\nanna@x.org",
        "To call\n----------------\n030 1234567\n030 1234568",
    ],
)
def test_what_only_looks_like_a_signature_stays(text: str) -> None:
    assert own_words(text).text == text


def test_the_signature_is_kept_apart() -> None:
    assert own_words("Hi.\n-- \nPriya Nair\nHead of Care\n").signature == "Priya Nair\nHead of Care"


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Thanks. Could you send the plan? See http://x.org/?a=b", "Could you send the plan?"),
        ("Kannst du am Freitag? Sonst Montag.", "Kannst du am Freitag?"),
        ("来週の金曜日は大丈夫ですか？よろしく。", "来週の金曜日は大丈夫ですか？"),
        ("هل يمكنك الحضور يوم الجمعة؟", "هل يمكنك الحضور يوم الجمعة؟"),
        ("How are you? Did the rota\nreach you?", "Did the rota reach you?"),
        ("It works now.\n\n__________________________________\nDo you Yahoo!?\nWin a $20,000 make-over!", ""),
        ("Does it boot?\n\n" + "_" * 30 + "\nNeed a new car? Find it at\nhttp://autos.msn.example/", "Does it boot?"),
        ("Minutes\n----------------\nWho brings the keys?", "Who brings the keys?"),
        ("____________________ ?", ""),
        ("int x = a ? b : c;", ""),
        ("See http://x.org/?q for more.", ""),
    ],
)
def test_the_question_of_a_mail(text: str, question: str) -> None:
    assert question_in(text) == question


@pytest.mark.parametrize(
    "question",
    [
        "Könntest du Herrn K. am Freitag anrufen?",
        "Kennst du Dr. Weiss?",
        "Soll ich Hrn. Weiss oder Fr. Prof. Nair fragen?",
        "Would z. B. Monday or, e.g. at noon, Tuesday do?",
        "Could you ask Mr. Novak and Mrs. St. John about J. R. Raman?",
        "Pouvez-vous écrire à M. Dupont et Mme. Weiss?",
        "Passt dir Dienstag, der 3. Mai?",
        "Passt dir am 3. Advent oder im 4. Quartal?",
        "Sopiiko 3. kesäkuuta?",
        "Where is No. 12 of Art. 3?",
        "Do Fernhill Ltd. and cards, letters etc. go together?",
        "Sind es ca. 20 Mio. im Jahr?",
    ],
)
def test_a_question_is_not_cut_at_an_abbreviation(question: str) -> None:
    assert question_in(f"Thanks for your mail. {question} See you.") == question


@pytest.mark.parametrize(
    "before",
    ["No.", "We are 12.", "It was 2025.", "Until March 3.", "Bread, milk etc.", "Herzlich, Ihre Fernhill Ltd.", "ok."],
)
def test_a_question_begins_where_its_sentence_does(before: str) -> None:
    assert question_in(f"{before} Could you call?") == "Could you call?"


def test_an_excerpt_is_one_paragraph_cut_between_words() -> None:
    excerpt = excerpt_of("word " * 200)
    assert len(excerpt) <= 280
    assert excerpt.endswith("word…")


@pytest.mark.parametrize(
    "junk",
    [
        "On " * 100_000,
        "> " * 200_000,
        "a? " * 100_000,
        "_" * 300_000,
        "\n" * 300_000,
        ("_" * 20 + "\n ") * 9_000,
        "? \t" * 90_000,
    ],
)
def test_a_hostile_text_costs_little(junk: str) -> None:
    began = time.perf_counter()
    question_in(own_words(junk).text)
    assert time.perf_counter() - began < 2


def test_what_its_writer_cut_out_is_no_word_of_theirs() -> None:
    text = "On Mon, Bob Breuer wrote:\n[snip]\nShouldn't this be a lock?\n\nBob Breuer wrote:\n> yes\n\n[snip] stays."
    assert own_words(text).text == "Shouldn't this be a lock?\n\n[snip] stays."


def test_a_question_in_a_cell_is_the_cell_alone() -> None:
    text = "Your offer\n\nPlace\tPrice\nLiege\t1200 EUR\nWhich of them?\tBy Friday\nMore\tbelow"
    assert question_in(text) == "Which of them?"
    assert own_words(text).text == text
