"""Page one of a draft: what this is, what is missing, who to ring, how to reply and by when, what to ask, who helps."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from send_desk.domain.case import LocalAdvice
from send_desk.domain.dates import in_words
from send_desk.domain.deadlines import due
from send_desk.domain.ids import Stage
from send_desk.domain.missing_advice import BOX_HEADING
from send_desk.domain.person import Person

from .blocks import Block, Heading, Items, Notice, Paragraph, Role, Tone, paragraph, plain, stressed, strong
from .draft_view import DraftView
from .flow import joined


@dataclass(frozen=True, slots=True)
class MissingAdvice:
    """What page one says of missing advice: the sentence of the box, and for each piece what is being done.

    Both empty where nothing is missing; `asked` tells whether anybody has had to be asked yet.
    """

    sentence: str = ""
    doing: tuple[str, ...] = ()
    asked: bool = True


@dataclass(frozen=True, slots=True)
class FirstPage:
    """Page one as a value: the view, and what only the print knows."""

    view: DraftView
    missing: MissingAdvice
    served: date | None = None
    to: Person | None = None
    local_help: LocalAdvice = LocalAdvice()

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks of the page in the wording's order."""
        yield from self._title()
        for name in self.view.wording.orders["first_page.order"]:
            yield from _PARTS[name](self)

    def _title(self) -> Iterator[Block]:
        view, child = self.view, self.view.case.child
        amending = view.case.stage is Stage.AMENDMENT
        yield Heading(view.say("title.amendment" if amending else "title.heading"), 1)
        name = child.full_name
        known = f" ({child.known_as})" if child.known_as and child.known_as not in name.split() else ""
        if name:
            yield Paragraph(strong(view.say("title.for_child", name=name + known)), Role.LEAD)
        else:
            yield Paragraph(strong(view.say("title.unnamed", reference=view.case.reference)), Role.LEAD)
        told = joined(
            view.say("terms.born_on", date=in_words(child.date_of_birth)) if child.date_of_birth else "",
            view.say("terms.reference_is", reference=view.case.reference) if view.case.reference else "",
            view.say("title.to", to=self.to.name) if self.to else "",
            by=" · ",
        )
        yield paragraph(told, Role.QUIET)

    def _what(self) -> Iterator[Block]:
        amending = self.view.case.stage is Stage.AMENDMENT
        yield paragraph(self.view.say("what.amendment" if amending else "what.text"))

    def _missing(self) -> Iterator[Block]:
        view, missing = self.view, self.missing
        if missing.sentence:
            body = (
                paragraph(missing.sentence),
                *(
                    (Paragraph(strong(view.say("missing.doing"))), Items(tuple(map(plain, missing.doing))))
                    if missing.doing
                    else ()
                ),
                paragraph(view.say("missing.after")),
            )
            yield Notice(BOX_HEADING, body, Tone.MISSING)
        else:
            yield paragraph(view.say("missing.none" if missing.asked else "missing.before"))

    def _ring(self) -> Iterator[Block]:
        view, officer = self.view, self.view.case.officer
        yield Heading(view.say("ring.heading"), 2, small=True)
        who = joined(officer.name, officer.role)
        if who:
            # A role stands between two commas: "Please ring Jo Marsh, plan officer, about ..."
            both = officer.name and officer.role
            yield paragraph(view.say("ring.officer", officer=f"{who}," if both else who))
        reached = self._reached("ring", phone=officer.phone, email=officer.email)
        if reached:
            yield Paragraph(strong(reached))
        else:
            unknown = "ring.no_number" if officer.name else "ring.unknown"
            yield paragraph(view.say(unknown, reference=view.case.reference))

    def _reply(self) -> Iterator[Block]:
        view = self.view
        yield Heading(view.say("reply.heading"), 2, small=True)
        rule = view.book.limit("AMEND_REPS" if view.case.stage is Stage.AMENDMENT else "DRAFT_REPS")
        days = str(rule.span.length)
        how = view.say("reply.text")
        if self.served is None:
            yield paragraph(f"{how} {view.say('reply.unknown', days=days)}")
            return
        until = due(view.book, rule.id, self.served).due or self.served
        known = view.say("reply.known", due=in_words(until), days=days, served=in_words(self.served))
        yield Paragraph(stressed(f"{how} {known}", in_words(until)))

    def _ask(self) -> Iterator[Block]:
        view = self.view
        amending = view.case.stage is Stage.AMENDMENT
        schools = self.local_help.schools
        yield Heading(view.say("ask.heading"), 2, small=True)
        yield Items(
            (
                plain(view.say("ask.meeting")),
                plain(view.say("ask.school_amendment" if amending else "ask.school")),
                plain(view.say("ask.list", schools=schools) if schools else view.say("ask.list_unknown")),
            )
        )

    def _help(self) -> Iterator[Block]:
        view, local = self.view, self.local_help
        yield Heading(view.say("help.heading"), 2, small=True)
        if not local.service:
            yield paragraph(view.say("help.unknown"))
            return
        yield paragraph(view.say("help.text", service=local.service))
        reached = self._reached("help", phone=local.telephone, email=local.email, website=local.website)
        if reached:
            yield Paragraph(strong(reached))

    def _reached(self, part: str, **ways: str) -> str:
        """Return the ways of getting in touch that are known, on one line."""
        return joined(
            *(self.view.say(f"{part}.{way}", **{way: value}) for way, value in ways.items() if value), by=" · "
        )


_PARTS: Mapping[str, Callable[[FirstPage], Iterator[Block]]] = {
    "what": FirstPage._what,
    "missing": FirstPage._missing,
    "ring": FirstPage._ring,
    "reply": FirstPage._reply,
    "ask": FirstPage._ask,
    "help": FirstPage._help,
}
