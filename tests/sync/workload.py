"""Work as it is done on plans: entries of some 900 bytes, written once and then changed a few words at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from uuid import UUID

import msgspec

from send_desk.wire.packed import Packed

BODY = 956
"""Bytes of the fields of one revision in the budgets of sync.md."""

_WHO = (
    "a speech and language therapist",
    "the class teacher",
    "a trained teaching assistant",
    "the school nurse",
    "an occupational therapist",
    "a teacher of the deaf",
    "the SENCO",
    "a learning mentor",
    "an adult he trusts",
)
_DOES = ("models", "plans", "reviews", "rehearses", "prepares", "breaks down", "supports", "watches over", "records")
_WHAT = (
    "each new instruction",
    "the steps of the morning",
    "turn-taking with one friend",
    "sounds at word level",
    "moving between lessons",
    "fastening and dressing",
    "reading aloud in pairs",
    "the visual timetable",
    "a quiet start to the day",
    "questions of why and how",
    "number bonds to twenty",
    "asking for a break",
)
_WHERE = (
    "in the classroom",
    "in a small group of four",
    "in a quiet room",
    "at the table by the window",
    "in the playground",
    "before lunch",
    "at the start of the day",
    "in the hall",
    "on the way home",
)
_HOW = (
    "with pictures and signs",
    "slowly and in short sentences",
    "twice, and waits ten seconds",
    "by a checklist",
    "with the family's own words",
    "and notes what helped",
    "so that the skill is used elsewhere",
    "by name",
    "with headphones at hand",
    "and praises the attempt",
)
_OFTEN = (
    "three times a week for twenty minutes",
    "every school day for a quarter of an hour",
    "once in each half term",
    "twice a week for half an hour",
    "for ten minutes before each lesson",
    "one hour a fortnight",
)

_SYLLABLES = tuple(one + two for one in "bdfghklmnprstvw" for two in "aeiou")


@dataclass
class Writer:
    """Writes revisions for one author and laptop; ids and times rise as those of a desk do."""

    author: str
    device: str
    authority: str = "999"
    seed: int = 1

    def __post_init__(self) -> None:
        self._dice = Random(self.seed)  # noqa: S311  made-up words
        self._moment = 1_772_528_400_000
        self._heads: dict[str, str] = {}
        self._words: dict[str, list[str]] = {}

    def case(self, case: str, reference: str) -> Packed:
        """Return the first revision of a case."""
        fields: dict[str, object] = {
            "reference": reference,
            "child.first_names": "Ada",
            "child.surname": reference.title(),
        }
        return self._packed(case, case, "case", fields)

    def revisions(self, case: str, *, entries: int, each: int) -> Iterator[Packed]:
        """Yield revisions of so many entries, each written once and changed afterwards, the changes taking turns."""
        for _ in range(each):
            for entry in range(entries):
                yield self.change(case, f"{case}/e{entry}")

    def change(self, case: str, record: str) -> Packed:
        """Write an entry, or change one sentence of it."""
        words = self._words.get(record)
        if words is None:
            words = self._words[record] = []
            while sum(map(len, words)) + len(words) < BODY - 80:
                words.append(self._sentence())
        else:
            words[self._dice.randrange(len(words))] = self._sentence()
        first = record not in self._heads
        facts = {"section": "F", "kind": "provision", "order": int(record.rsplit("e", 1)[1])} if first else {}
        return self._packed(case, record, "entry", {**facts, "text": " ".join(words)})

    def _sentence(self) -> str:
        pick = self._dice.choice
        # Two words of no language, so that no sentence can be told from those before it.
        aside = " ".join("".join(pick(_SYLLABLES) for _ in range(3)) for _ in range(2))
        return (
            f"{pick(_WHO)} {pick(_DOES)} {pick(_WHAT)} {pick(_WHERE)} ({aside}) {pick(_HOW)}, {pick(_OFTEN)}."
        ).capitalize()

    def _packed(self, case: str, record: str, kind: str, fields: dict[str, object]) -> Packed:
        self._moment += self._dice.randrange(800, 90_000)
        id_ = str(UUID(int=(self._moment << 80) | 0x7 << 76 | 0x2 << 62 | self._dice.getrandbits(62)))
        parent = self._heads.get(record)
        self._heads[record] = id_
        seconds, millis = divmod(self._moment, 1000)
        minute, second = divmod(seconds % 86400, 60)
        micros = millis * 1000 + self._dice.randrange(1000)
        made_at = f"2026-03-03T{minute // 60:02}:{minute % 60:02}:{second:02}.{micros:06}+00:00"
        return Packed(
            id=id_,
            record=record,
            kind=kind,
            case=case,
            authority=self.authority,
            parents=(parent,) if parent else (),
            author=self.author,
            device=self.device,
            made_at=made_at,
            schema=1,
            body=msgspec.json.encode(fields),
        )
