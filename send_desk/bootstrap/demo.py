"""The fictional county as a home of its own, to play with and to show the main job without a window."""

import hmac
import shutil
import sys
from argparse import Namespace
from collections.abc import Iterator, Mapping
from itertools import islice

from send_desk import paths
from send_desk.cli.world import Printing
from send_desk.documents.recipients import suggested_name
from send_desk.domain.case import Case, LocalAdvice, Print
from send_desk.domain.ids import RecordKind, Role
from send_desk.services import county, issuing, settings
from send_desk.services.commit import commit_all, write_directory
from send_desk.services.desk import Desk
from send_desk.services.encoding import row_of
from send_desk.services.ports import Establishment
from send_desk.services.reading import open_case

from .display import has_display
from .files import write_file
from .laptop import Laptop

PASSPHRASE = "demo county"  # noqa: S105  said aloud on purpose: nobody in the county is real
SEED = 2014
CASES = 300
_BATCH = 25
_LOCAL_ADVICE = LocalAdvice(
    service="Harrowdale SEND Advice",
    telephone="01632 960300",
    email="help@send-advice.harrowdale.example",
    website="send-advice.harrowdale.example",
    schools="www.harrowdale.example/local-offer/schools",
)
_OFFICER = settings.OfficerContact("EHC co-ordinator", "01632 960080", "ehc.team@harrowdale.example")


def demo(laptop: Laptop, *, headless: bool, manager: bool) -> Mapping[str, object] | int:
    """Open the window on the county, or draft one of its cases without one; make the county first where it is not."""
    if not headless and not has_display():
        _say("There is no display here, so the main job is done without a window.")
        headless = True
    name = "send-desk-demo-manager" if manager else "send-desk-demo"
    home = laptop.home if laptop.arguments.home else paths.default_home().with_name(name)
    here = Laptop(Namespace(**{**vars(laptop.arguments), "home": home}))
    _make_once(here, manager=manager)
    if headless:
        return draft_one(here)
    _say(f"The passphrase is: {PASSPHRASE}")
    from .window import open_window

    return open_window(here, hint=f"This is the fictional county. The passphrase is: {PASSPHRASE}")


def draft_one(laptop: Laptop) -> dict[str, object]:
    """Print the draft of the county's show-piece and say where it is."""
    from send_desk.storage.home import open_home

    opened = open_home(laptop.home, PASSPHRASE, now=laptop.clock.now())
    try:
        desk = laptop.desk_of(opened)
        file = open_case(desk, county.SHOWCASE_REFERENCE)
        drawn = laptop.draw(desk, file.case, Printing("draft", "pdf"))
        folder = laptop.home.with_name(f"{laptop.home.name}-drafts")
        folder.mkdir(parents=True, exist_ok=True)
        out = folder / f"{suggested_name(file.case, 'draft', None, desk.today)}.pdf"
        write_file(out, drawn.content)
        issuing.record_print(desk, file, Print("", "draft", out.name, drawn.sha256, drawn.pages))
    finally:
        opened.close()
    return {"case": file.case.reference, "pdf": str(out)}


def county_texts() -> dict[str, str]:
    """Return the county's prose by the stem of its files."""
    return {path.stem: path.read_text("utf-8") for path in sorted((paths.resources() / "county").glob("*.toml"))}


def fill_county(desk: Desk, *, cases: int) -> Iterator[int]:
    """Write the county's directory, settings and cases into an empty home; yield how many cases there are so far."""
    texts = county_texts()
    write_directory(desk, [(None, row_of(RecordKind.ADVISER, one)) for one in county.directory(SEED, texts)])
    with desk.store.write() as unit:
        unit.put_establishments(
            [
                Establishment(one.urn, one.name, one.phase, one.postcode, one.status)
                for one in county.establishments(SEED, texts)
            ]
        )
        unit.put_other_names([digest for child in _others(texts) for digest in child])
    told = county.full_cases(SEED, desk.today, texts, cases)
    done = 0
    while batch := tuple(islice(told, _BATCH)):
        _keep_papers(desk, batch)
        commit_all(desk, [(None, case) for case in batch])
        done += len(batch)
        yield done


def _make_once(laptop: Laptop, *, manager: bool) -> None:
    if (laptop.home / "keys.json").is_file():
        return
    _say("Making the fictional county of Harrowdale, once. All people in it are made up.")
    part = laptop.home.with_name(f"{laptop.home.name}.unfinished")
    shutil.rmtree(part, ignore_errors=True)
    making = Laptop(Namespace(**{**vars(laptop.arguments), "home": part}))
    texts = county_texts()
    opened = making.make_home(
        PASSPHRASE,
        authority="999",
        user=county.MANAGER if manager else county.CASEWORKER,
        role=Role.MANAGER if manager else Role.CASEWORKER,
        authority_name="Harrowdale County Council",
    )
    try:
        desk = making.desk_of(opened)
        if manager:
            with desk.store.write() as unit:
                unit.put_summaries(tuple(county.summary_rows(SEED, desk.today, texts)))
        settings.set_local_advice(desk, _LOCAL_ADVICE)
        settings.set_officer(desk, _OFFICER)
        for done in fill_county(desk, cases=CASES):
            if done % 100 == 0:
                _say(f"{done} children of {CASES}")
        opened.store.index_words()
    finally:
        opened.close()
    laptop.home.parent.mkdir(parents=True, exist_ok=True)
    part.replace(laptop.home)


def _keep_papers(desk: Desk, cases: tuple[Case, ...]) -> None:
    with desk.store.write() as unit:
        for case in cases:
            for document in case.documents:
                unit.put_blob(document.sha256, county.document_bytes(document))


def _others(texts: Mapping[str, str]) -> Iterator[tuple[bytes, ...]]:
    key = hmac.digest(b"harrowdale", b"other children", "sha256")
    for child in county.other_children(SEED, key, texts):
        yield (child.first_name, child.surname, child.pair)


def _say(words: str) -> None:
    sys.stderr.write(f"SEND Desk: {words}\n")
