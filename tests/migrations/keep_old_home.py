"""Makes the small home that `test_old_homes.py` opens ever after: run it once for each schema, before changing it.

    python tests/migrations/keep_old_home.py tests/migrations/homes/NUMBER

Everything in it is made up. Its passphrase is `PASSPHRASE`; a home that is there already is never made again.
"""

import hashlib
import shutil
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from send_desk.domain.ids import Role
from send_desk.domain.revision import Revision
from send_desk.services.office import Contact
from send_desk.services.ports import Establishment, KeptText, User
from send_desk.storage.home import OpenHome, create_home
from send_desk.wire.messages import Cursor, Person, Read
from send_desk.wire.packed import Packed

PASSPHRASE = "an old oak chest"
MADE = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)
USER = User("7a0f5a52-59b4-4c8e-9d3c-5a3c2f6f0d11", "Robin Keeper", Role.MANAGER, "830")
LETTER = b"A short letter that stands in the store."
REPORT = b"A long report that stands in a file of its own. " * 5_500


def revisions() -> list[Revision]:
    """Return what stands in the log of the kept home, a fork and a deletion among it."""
    case, swim, quiet, gone = "old-case-1", "old-case-1/f1", "old-case-1/b1", "old-case-1/p1"
    child = {"reference": "OLD/1", "child.first_names": "Wren", "child.surname": "Ashdown"}
    rows: list[tuple[str, str, tuple[str, ...], dict[str, object]]] = [
        (case, "case", (), {**child}),
        (swim, "entry", (), {"section": "F", "kind": "provision", "text": "Swimming twice a week"}),
        (swim, "entry", ("r2",), {"fields.who": "a coach", "a field of tomorrow": {"kept": [1, None]}}),
        (quiet, "entry", (), {"section": "B", "kind": "need", "text": "Needs quiet"}),
        (quiet, "entry", ("r4",), {"text": "Needs a quiet room"}),
        (quiet, "entry", ("r4",), {"text": "Needs quiet at lunch"}),
        (gone, "person", (), {"name": "Gone Again"}),
        (gone, "person", ("r7",), {"$deleted": True}),
        ("old-adviser", "adviser", (), {"service": "Sensory support"}),
    ]
    return [
        Revision(
            id=f"r{number}",
            record=record,
            kind=kind,
            case="" if kind == "adviser" else case,
            authority="830",
            parents=parents,
            fields=fields,
            author=USER.id,
            device="old-laptop",
            made_at=MADE + timedelta(minutes=number),
        )
        for number, (record, kind, parents, fields) in enumerate(rows, start=1)
    ]


def with_the_office(home: OpenHome) -> None:
    """Add what an office has said, known to schema 0002 and later; the other homes are without."""
    theirs = Packed(
        id="t1",
        record="old-case-2",
        kind="case",
        case="old-case-2",
        authority="830",
        parents=(),
        author="another",
        device="their-laptop",
        made_at="2026-03-03T09:00:00+00:00",
        schema=1,
        body=b'{ "reference" : "OLD/2", "child.surname" : "Birchall" }',
        extra=b'{"tomorrow":1}',
        receipt=b"12345678",
    )
    person = Person(id="a1", name="Another Writer", role="caseworker", authors=("another",))
    cursor = Cursor("old-feed", 7, "t1")
    home.store.sync.receive([theirs], at=MADE, cursor=cursor, people=[person])
    home.store.sync.note_read(Read(id="read-1", case="old-case-1", what="opened", at=MADE.isoformat()))
    home.store.sync.put_contact(Contact(lease_until=MADE + timedelta(days=14), seen=MADE))


def main(target: Path) -> None:
    """Make the home in a folder that is not there yet."""
    if target.exists():
        raise SystemExit(f"{target} is there already; old homes are kept as they were.")
    home = create_home(
        target,
        PASSPHRASE,
        user=USER,
        authority_name="Old County",
        device="old-laptop",
        recovery_public_key=None,
        now=MADE,
    )
    with home.store.write() as unit:
        unit.append(revisions())
        unit.keep(KeptText("old-case-1", "old-case-1/f1", "text", "Swimming three times", ("r3",), MADE))
        unit.put_setting("window", {"wide": True})
        unit.put_establishments([Establishment("100009", "Old Mill School", "Primary", "EX1 1AA", "Open")])
        unit.put_other_names([b"\x01" * 32])
        for content in (LETTER, REPORT):
            unit.put_blob(hashlib.sha256(content).hexdigest(), content)
    with_the_office(home)
    home.store.search("swimming")
    home.close()
    for name in ("lock", "backups", "logs"):
        path = target / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
