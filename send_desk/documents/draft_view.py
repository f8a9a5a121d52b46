"""What every part of a draft is written from: the case, the law, the day, the wording, and the labels of its rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from send_desk.domain.case import Case
from send_desk.domain.labels import labels
from send_desk.domain.rulebook import RuleBook

from .wording import Wording


@dataclass(frozen=True)
class DraftView:
    """One case on one day, as its draft is written; the parts of a draft are functions of this value."""

    case: Case
    book: RuleBook
    today: date
    wording: Wording

    @property
    def child(self) -> str:
        """What the child is called in running text; the reference where no name is known."""
        return self.case.child.called or self.case.reference

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """The label of every entry by its id: "B2"."""
        return labels(self.case)

    def say(self, key: str, **facts: str) -> str:
        """Return a sentence of the wording, with the child's name and the authority's filled in."""
        authority = self.case.authority.name or self.wording.sentences["title.authority_unnamed"]
        return self.wording.say(key, **{"child": self.child, "authority": authority, **facts})

    def labelled(self, ids: Iterable[str]) -> str:
        """Return the labels of entries, in the order given; an entry that is not there any more is left out."""
        return ", ".join(self.labels[id_] for id_ in ids if id_ in self.labels)
