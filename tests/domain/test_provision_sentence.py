"""The sentences that fields make: good English, nothing invented, nothing lost."""

import pytest

from send_desk.domain.entry import Entry
from send_desk.domain.ids import EntryKind, Section
from send_desk.domain.person import Child
from send_desk.domain.provision_sentence import outcome_sentence, provision_sentence

PROVISIONS = [
    (
        {
            "what": "Direct speech and language therapy",
            "who": "Speech and language therapist",
            "qualification": "HCPC registered",
            "how_often": "1 x a week in term time",
            "how_long": "45 minutes",
            "group": "1:1",
            "for_how_long": "38 weeks",
            "review": "termly",
        },
        "A speech and language therapist (HCPC registered) will provide direct speech and language therapy, once a "
        "week in term time, for 45 minutes each time, one to one, over 38 weeks. This will be reviewed termly.",
    ),
    (
        {
            "what": "Teach a phonics programme",
            "who": "Teaching assistant trained in Read Write Inc",
            "how_often": "Daily",
            "how_long": "20 minutes",
            "group": "group of 4",
            "for_how_long": "the school year",
            "review": "At the annual review",
        },
        "A teaching assistant trained in Read Write Inc will teach a phonics programme, daily, for 20 minutes each "
        "time, in a group of 4, over the school year. This will be reviewed at the annual review.",
    ),
    (
        {
            "what": "Support with reading",
            "who": "TA",
            "how_often": "3 x weekly",
            "how_long": "15 minutes",
            "group": "4",
        },
        "A TA will provide support with reading, three times weekly, for 15 minutes each time, in a group of 4.",
    ),
    (
        {
            "what": "Support Ava to read",
            "who": "an ELSA",
            "how_often": "2 x month",
            "how_long": "for as long as she likes",
        },
        "An ELSA will support Ava to read, twice a month, for as long as she likes each time.",
    ),
    (
        {"what": "Movement breaks", "how_often": "Every 40 minutes", "how_long": "5 minutes"},
        "Movement breaks will be provided, every 40 minutes, for 5 minutes each time.",
    ),
    (
        {
            "what": "Hydrotherapy",
            "who": "Occupational therapist",
            "how_long": "1 hour per session",
            "group": "small group",
        },
        "An occupational therapist will provide hydrotherapy, for 1 hour per session, in a small group.",
    ),
    (
        {"what": "Ava will have an adult who greets her", "who": "ELSA", "how_often": "each morning"},
        "Ava will have an adult who greets her, given by an ELSA, each morning.",
    ),
    ({"what": "Ava will have a break", "how_often": "12 x a term"}, "Ava will have a break, 12 times a term."),
    (
        {"what": "Deliver handwriting sessions", "qualification": "trained by an OT"},
        "Deliver handwriting sessions, by a person with this training or qualification: trained by an OT.",
    ),
    ({"what": "Use of a wobble cushion", "who": "All staff"}, "All staff will provide use of a wobble cushion."),
    (
        {"what": "Short breaks", "who": "Priya Anand", "group": "with a friend", "for_how_long": "Until July 2027"},
        "Priya Anand will provide short breaks, with a friend, until July 2027.",
    ),
    (
        {"what": "Counselling", "who": "Dr Bell", "group": "1:3", "review": "six-weekly review meeting"},
        "Dr Bell will provide counselling, at a ratio of 1:3. Review: six-weekly review meeting.",
    ),
    (
        {"what": "Physiotherapy", "who": "Hartwell staff", "group": "a pair", "review": "Reviewed by the school nurse"},
        "Hartwell staff will provide physiotherapy, in a pair. Reviewed by the school nurse.",
    ),
    (
        {
            "what": "Reading",
            "who": "Educational psychologist",
            "qualification": "educational psychologist",
            "group": "pairs",
        },
        "An educational psychologist will provide reading, in pairs.",
    ),
    ({"what": "Teaching", "who": "SENCO", "group": "whole class"}, "A SENCO will provide teaching, whole class."),
    ({"what": "Help.", "who": "Unit teachers"}, "Unit teachers will provide help."),
    ({"what": "Break", "who": "University student"}, "A university student will provide break."),
    ({"what": "Makaton sessions", "who": "Makaton tutor"}, "A Makaton tutor will provide Makaton sessions."),
    ({"what": " ", "who": "TA"}, ""),
    ({}, ""),
]


@pytest.mark.parametrize(("fields", "sentence"), PROVISIONS)
def test_a_provision(fields: dict[str, str], sentence: str) -> None:
    assert provision_sentence(Entry("f", Section.F, EntryKind.PROVISION, fields=fields)) == sentence


AVA = Child("Ava Rose", "Thornley")
OUTCOMES = [
    (
        {"by": "the end of Year 6", "will": "tell an adult when she is worried", "so_that": "She can stay in class"},
        "By the end of Year 6, Ava will tell an adult when she is worried, so that she can stay in class.",
    ),
    (
        {"by": "By July 2027", "will": "Ava will read 100 words", "so_that": "so that Ava enjoys books."},
        "By July 2027, Ava will read 100 words, so that Ava enjoys books.",
    ),
    ({"by_date": "2027-07-31", "will": "will join two friends"}, "By 31 July 2027, Ava will join two friends."),
    ({"by": "2027-07-31", "will": "Use a bus alone"}, "By 31 July 2027, Ava will use a bus alone."),
    ({"will": "I can swim", "so_that": "I am safe"}, "Ava will can swim, so that I am safe."),
    ({"by": "July", "so_that": "she is safe"}, ""),
    ({"will": "Ava"}, ""),
]


@pytest.mark.parametrize(("fields", "sentence"), OUTCOMES)
def test_an_outcome(fields: dict[str, str], sentence: str) -> None:
    assert outcome_sentence(Entry("e", Section.E, EntryKind.OUTCOME, fields=fields), AVA) == sentence


def test_a_child_without_a_name_and_one_known_by_another() -> None:
    entry = Entry("e", Section.E, EntryKind.OUTCOME, fields={"by": "July", "will": "eat"})
    assert outcome_sentence(entry, Child("", "")) == "By July, the child will eat."
    assert outcome_sentence(entry, Child("Ava", "T", known_as="Avie")) == "By July, Avie will eat."
    bare = Entry("e", Section.E, EntryKind.OUTCOME, fields={"will": "eat"})
    assert outcome_sentence(bare, Child("", "")) == "The child will eat."
