"""The fictional county as a home: made once, kept, drafted from without a window."""

import json
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from send_desk.bootstrap import demo, start
from send_desk.bootstrap.demo import PASSPHRASE
from send_desk.services import reading
from send_desk.services.desk import Desk
from send_desk.storage.home import open_home


def test_without_a_display_one_case_is_drafted_and_the_home_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(demo, "CASES", 12)
    home = tmp_path / "county"
    words = ["demo", "--home", str(home), "--today", "2026-03-03"]
    assert start(words) == 0
    said = capsys.readouterr()
    assert "no display" in said.err
    answer = json.loads(said.out)
    pdf = pypdfium2.PdfDocument(answer["pdf"])
    text = "".join(page.get_textpage().get_text_range() for page in pdf)
    pdf.close()
    assert "Advice missing from this draft" in text
    assert "Section H2: " in text
    assert "Harrowdale SEND Advice" in text
    made = (home / "keys.json").read_bytes()
    assert start([*words, "--headless"]) == 0
    assert (home / "keys.json").read_bytes() == made
    assert json.loads(capsys.readouterr().out)["case"] == answer["case"]


def test_a_manager_has_a_line_for_every_child_of_the_county(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], desk: Desk
) -> None:
    monkeypatch.setattr(demo, "CASES", 4)
    home = tmp_path / "manager"
    assert start(["demo", "--manager", "--headless", "--home", str(home), "--today", "2026-03-03"]) == 0
    opened = open_home(home, PASSPHRASE, now=desk.clock.now(), read_only=True)
    try:
        lines = opened.store.summaries()
        assert sum(line.full for line in lines) == 4
        assert sum(not line.full for line in lines) == 10_000
        assert all(line.holds_on(date(2026, 3, 3)) for line in lines if not line.full)
    finally:
        opened.close()


def test_the_county_has_every_kind_of_work_on_my_day(desk: Desk) -> None:
    assert list(demo.fill_county(desk, cases=60))[-1] == 60
    errands = {item.line.errand for item in reading.my_day(reading.case_list(desk))}
    assert {"must_act", "due_soon", "advice_overdue", "reply_owed", "draft_waiting"} <= errands
    assert desk.store.directory()
    assert desk.store.establishments("school")
    sample = desk.store.case_file(desk.store.case_ids()[0])
    assert sample is not None
    assert all(desk.store.blob(document.sha256) for document in sample.case.documents)
