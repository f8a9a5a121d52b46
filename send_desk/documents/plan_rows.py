"""The rows of a plan as blocks: a need, an outcome, a provision, a placement, each under its label."""

from collections.abc import Callable, Iterator

from send_desk.domain.entry import PLACEMENT_FIELDS, PROVISION_FIELDS, Entry
from send_desk.domain.ids import EntryKind
from send_desk.domain.provision_sentence import outcome_sentence, provision_sentence

from .blocks import Facts, Group, Items, Paragraph, Role, paragraph, plain, strong
from .draft_view import DraftView
from .flow import day_words, facts, text_blocks

_IN_SENTENCE = ("by", "will", "so_that")
"""Fields of an outcome that its sentence holds; where it does not, they are told beneath it."""

Matter = Paragraph | Items | Facts


def row(view: DraftView, entry: Entry) -> Group:
    """Return one entry of the plan as it is printed."""
    made = _ROWS.get(entry.kind, _words)
    return Group(view.labels[entry.id], tuple(made(view, entry)))


def _words(view: DraftView, entry: Entry) -> Iterator[Matter]:
    yield from text_blocks(entry.text)
    yield from links(view, entry)


def _need(view: DraftView, entry: Entry) -> Iterator[Matter]:
    yield from text_blocks(entry.text)
    if entry.not_met_because:
        yield paragraph(view.say("sections.not_met", reason=entry.not_met_because), Role.QUIET)


def _outcome(view: DraftView, entry: Entry) -> Iterator[Matter]:
    sentence = outcome_sentence(entry, view.case.child)
    if sentence:
        yield paragraph(sentence)
    if entry.words.strip() != sentence:
        yield from text_blocks(entry.text)
    yield from links(view, entry)
    told = [name for name in _IN_SENTENCE if not _holds(sentence, day_words(entry.value(name)))]
    yield from facts(
        (view.say(f"outcomes.{name}"), day_words(entry.value(name)))
        for name in (*told, "by_date", "baseline", "baseline_on")
    )
    steps = tuple(step for step in entry.value("steps").split("\n") if step.strip())
    if steps:
        yield Paragraph(strong(view.say("outcomes.steps")), Role.QUIET)
        yield Items(tuple(plain(step) for step in steps), ordered=True)


def _provision(view: DraftView, entry: Entry) -> Iterator[Matter]:
    sentence = provision_sentence(entry)
    if sentence:
        yield paragraph(sentence)
    if entry.words.strip() != sentence:
        yield from text_blocks(entry.text)
    yield from links(view, entry)
    yield from facts((view.say(f"provision.{name}"), day_words(entry.value(name))) for name in PROVISION_FIELDS)


def _holds(sentence: str, value: str) -> bool:
    """Tell whether a sentence says what a field says, whatever the case of its first letter and its full stop."""
    return " ".join(value.split()).rstrip(".;, ").casefold() in sentence.casefold()


def _placement(view: DraftView, entry: Entry) -> Iterator[Matter]:
    yield from text_blocks(entry.text)
    yield from facts((view.say(f"placement.{name}"), entry.value(name)) for name in PLACEMENT_FIELDS)


def links(view: DraftView, entry: Entry) -> Iterator[Paragraph]:
    """Yield the line of links: "Meets: B2, B4. Towards: E1."; nothing where the entry has none."""
    outcome = entry.kind is EntryKind.OUTCOME
    parts = (
        ("sections.links_serves", view.labelled(entry.links.aspirations)),
        ("sections.links_for" if outcome else "sections.links_meets", view.labelled(entry.links.needs)),
        ("sections.links_towards", view.labelled(entry.links.outcomes)),
    )
    told = " ".join(view.say(key, labels=labels) for key, labels in parts if labels)
    if told:
        yield paragraph(told, Role.QUIET)


_ROWS: dict[EntryKind, Callable[[DraftView, Entry], Iterator[Matter]]] = {
    EntryKind.NEED: _need,
    EntryKind.OUTCOME: _outcome,
    EntryKind.PROVISION: _provision,
    EntryKind.PLACEMENT: _placement,
}
