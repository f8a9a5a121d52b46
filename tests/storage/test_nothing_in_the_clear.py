"""A probe word is saved everywhere that words can stand, and then looked for in every file of the home."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from send_desk.domain.ids import Role
from send_desk.domain.revision import Revision
from send_desk.services.ports import Establishment, KeptText, User
from send_desk.storage.home import OpenHome, change_passphrase, create_home

Revise = Callable[..., Revision]

PROBE = "Quarzblende"
_FORMS = (PROBE.encode(), PROBE.lower().encode(), PROBE.encode("utf-16-le"), PROBE.encode("utf-16-be"))


def _files_with_probe(home: Path) -> list[str]:
    return [
        path.name
        for path in home.rglob("*")
        if path.is_file() and any(form in path.read_bytes() or PROBE in path.name for form in _FORMS)
    ]


def test_the_search_for_the_probe_word_finds_it_where_it_is(tmp_path: Path) -> None:
    (tmp_path / "plain").write_text(f"about {PROBE}")
    (tmp_path / "wide").write_text(PROBE, encoding="utf-16-le")
    assert sorted(_files_with_probe(tmp_path)) == ["plain", "wide"]


def test_no_file_of_the_home_shows_a_word_of_the_work(tmp_path: Path, revise: Revise, now: datetime) -> None:
    home = create_home(
        tmp_path / "home",
        PROBE,
        user=User("u", PROBE, Role.CASEWORKER, "830"),
        authority_name=PROBE,
        device="d",
        recovery_public_key=None,
        now=now,
    )
    _write_everywhere(home, revise, now)
    # While it is open there is a write-ahead log and its index beside the store.
    assert (home.path / "desk.db-wal").stat().st_size > 0
    assert _files_with_probe(home.path) == []
    home.backup(now)
    home.backup(now, to=tmp_path / "home" / "whole.desk")
    home.store.rebuild()
    assert _files_with_probe(home.path) == []
    home.close()
    change_passphrase(home.path, PROBE, f"{PROBE} again")
    assert _files_with_probe(home.path) == []
    assert len([path for path in home.path.rglob("*") if path.is_file()]) >= 7


def _write_everywhere(home: OpenHome, revise: Revise, now: datetime) -> None:
    small, large = (PROBE * 10).encode(), (PROBE * 50_000).encode()
    fields = {"reference": PROBE, "child.surname": PROBE, "child.upn": PROBE}
    with home.store.write() as unit:
        unit.append([revise("case-1", fields, kind="case"), revise("case-1/f1", {"text": f"{PROBE} words"})])
        unit.append([revise("case-1/d1", {"title": PROBE, "pages": [PROBE * 3]}, kind="document")])
        unit.keep(KeptText("case-1", "case-1/f1", "text", f"{PROBE} in work", (), now))
        unit.put_setting("a.setting", PROBE)
        unit.put_establishments([Establishment("1", PROBE)])
        for content in (small, large):
            unit.put_blob(hashlib.sha256(content).hexdigest(), content)
    assert {hit.kind for hit in home.store.search(PROBE)} == {"name", "entry", "advice"}
