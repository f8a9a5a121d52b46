"""A draft plan as blocks: the case, what its advisers answered, and the day, in the wording of a dated file."""

from collections.abc import Iterable, Iterator
from datetime import date

from send_desk.domain.case import Case, LocalAdvice
from send_desk.domain.contribution_state import ContributionStatus
from send_desk.domain.dates import in_words
from send_desk.domain.finding import Finding
from send_desk.domain.ids import Section, State
from send_desk.domain.missing_advice import missing_box, missing_of, notices
from send_desk.domain.person import Child, Person
from send_desk.domain.register import register
from send_desk.domain.rulebook import RuleBook

from .about_child import about_child
from .blocks import Block, Document, Furniture, PageBreak
from .draft_view import DraftView
from .findings_page import findings_page
from .first_page import FirstPage, MissingAdvice
from .plain import version_of
from .plan_sections import section
from .recipients import recipient_problem
from .wording import Wording


def draft_blocks(
    case: Case,
    book: RuleBook,
    today: date,
    *,
    wording: Wording,
    served: date | None = None,
    to: Person | None = None,
    local_help: LocalAdvice = LocalAdvice(),
    findings_to_print: Iterable[Finding] = (),
    writer: str = "",
) -> Document:
    """Return the draft of a case on a day, missing advice told on page one and under each heading concerned.

    `served` is the day on which this draft is given to the family: its 15 days are printed only where it is known.
    `findings_to_print` are those that the writer chose. Raises Refused where `to` may not have papers of this case.
    """
    problem = recipient_problem(case, to)
    if problem is not None:
        raise problem
    view = DraftView(case, book, today, wording)
    statuses = register(case, book, today)
    page_one = FirstPage(view, _missing(view, statuses), served=served, to=to, local_help=local_help)
    blocks = (
        *page_one.blocks(),
        PageBreak(),
        *about_child(view),
        *_sections(view, statuses),
        *findings_page(view, findings_to_print),
    )
    version = version_of(blocks)
    return Document(
        title=view.say("title.paper", name=case.title),
        language=wording.language,
        blocks=blocks,
        furniture=_furniture(view, version),
        version=version,
        author=writer or case.officer.name,
    )


def initials(child: Child) -> str:
    """Return the child's initials, "A.T.", for the foot of a page; empty where no name is known."""
    return "".join(f"{name[0].upper()}." for name in child.full_name.split())


def _sections(view: DraftView, statuses: tuple[ContributionStatus, ...]) -> Iterator[Block]:
    missing = notices(view.case, view.book, view.today)
    for law in view.book.sections:
        yield from section(view, law, statuses, missing.get(Section(law.letter), ()))


def _missing(view: DraftView, statuses: tuple[ContributionStatus, ...]) -> MissingAdvice:
    by_state: dict[State, list[str]] = {}
    for status, words in missing_of(statuses):
        by_state.setdefault(status.state, []).append(words.removesuffix(f" ({status.bracket})"))
    doing = tuple(
        view.say(f"missing.doing_by_state.{state}", What=_capital(_listed(advice, view.say("missing.and"))))
        for state, advice in by_state.items()
    )
    return MissingAdvice(missing_box(view.case, view.book, view.today) or "", doing, asked=bool(statuses))


def _furniture(view: DraftView, version: str) -> Furniture:
    name = initials(view.case.child) or view.case.reference
    line = "page.foot" if view.case.authority.name else "page.foot_unnamed"
    return Furniture(
        left=view.say(line, initials=name, date=in_words(view.today), version=version),
        page=view.wording.sentences["page.number"],
        watermark=view.say("page.watermark"),
    )


def _listed(words: list[str], last: str) -> str:
    *others, end = words
    return f"{', '.join(others)}{last}{end}" if others else end


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
