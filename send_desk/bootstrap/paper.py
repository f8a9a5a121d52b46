"""A case on paper: the blocks of its draft, and the form they are wanted in."""

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from send_desk.cli.world import Drawn, Printing
from send_desk.documents.pdf import write_pdf
from send_desk.documents.plain import write_plain
from send_desk.documents.plan_document import draft_blocks
from send_desk.documents.wording import read_wording
from send_desk.domain.case import Case, LocalAdvice
from send_desk.domain.errors import WrongUse
from send_desk.domain.missing_advice import missing_box, notices
from send_desk.domain.rulebook import RuleBook
from send_desk.services.ports import Store
from send_desk.services.settings import local_advice


@dataclass(frozen=True, slots=True)
class Press:
    """What every printed paper of this desk shares."""

    resources: Path
    local_help: LocalAdvice
    writer: str

    def draw(self, case: Case, book: RuleBook, today: date, printing: Printing) -> Drawn:
        """Return a draft as PDF or as its blocks in JSON; a recipient who may not have it is refused."""
        person = next((one for one in case.people if one.id == printing.to), None)
        if printing.to and person is None:
            raise WrongUse("The recipient is not among the people of this case; nothing was printed.")
        document = draft_blocks(
            case,
            book,
            today,
            wording=read_wording(self.resources),
            served=printing.served,
            to=person,
            local_help=self.local_help,
            findings_to_print=printing.findings,
            writer=self.writer,
        )
        said = _notices(case, book, today)
        if printing.form == "blocks":
            content = write_plain(document)
            return Drawn(content, hashlib.sha256(content).hexdigest(), 0, said)
        printed = write_pdf(document, self.resources)
        unknown = ", ".join(printed.replaced)
        remark = (f"Not in the typeface, and told in words on the page: {unknown}",) if unknown else ()
        return Drawn(printed.data, printed.sha256, printed.pages, said, remark)


def press_of(store: Store, resources: Path, writer: str) -> Press:
    """Return the press of a desk, with what its authority has set."""
    return Press(resources, local_advice(store), writer)


def _notices(case: Case, book: RuleBook, today: date) -> tuple[str, ...]:
    box = missing_box(case, book, today)
    if box is None:
        return ()
    under = (words for each in notices(case, book, today).values() for words in each)
    return (box, *dict.fromkeys(under))
