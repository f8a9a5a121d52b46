"""Who the plan is about: the page of particulars before section A."""

from collections.abc import Iterator

from send_desk.domain.dates import in_words
from send_desk.domain.person import Pronouns

from .blocks import Block, Facts, Heading
from .draft_view import DraftView
from .flow import facts, joined


def about_child(view: DraftView) -> Iterator[Block]:
    """Yield the particulars; a confidential address is never among them, and the page says that it is kept back."""
    yield Heading(view.say("about.heading"), 2)
    yield from _facts(view)
    yield from _family(view)


def _facts(view: DraftView) -> tuple[Facts, ...]:
    case, child = view.case, view.case.child
    address = joined(child.address, child.postcode, by="\n")
    setting = case.setting
    return facts(
        (
            (view.say("about.name"), child.full_name),
            (view.say("about.known_as"), child.known_as),
            (view.say("terms.born"), in_words(child.date_of_birth) if child.date_of_birth else ""),
            (view.say("about.pronouns"), _pronouns(child.pronouns)),
            (view.say("about.year_group"), child.year_group),
            (view.say("about.setting"), setting.name),
            (view.say("about.address"), view.say("about.confidential") if child.address_confidential else address),
            (view.say("about.first_language"), child.first_language),
            (view.say("about.interpreter"), child.interpreter),
            (view.say("about.communication"), child.communication),
            (view.say("about.looked_after"), view.say("about.looked_after_yes") if child.looked_after else ""),
            (view.say("about.nhs_number"), child.nhs_number),
            (view.say("about.upn"), child.upn),
            (view.say("about.uln"), child.uln),
            (view.say("terms.reference"), case.reference),
        )
    )


def _family(view: DraftView) -> Iterator[Block]:
    told = facts((person.name, person.relation or "-") for person in view.case.people if person.parental_responsibility)
    if told:
        yield Heading(view.say("about.family"), 3)
        yield from told


def _pronouns(pronouns: Pronouns | None) -> str:
    return f"{pronouns.subject}, {pronouns.object}, {pronouns.determiner}" if pronouns else ""
