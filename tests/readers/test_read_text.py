"""The words of papers, through the real child process."""

import io
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from send_desk.readers.child import BIGGEST, ReadDocument, read_text
from send_desk.readers.limits import Limits
from send_desk.readers.words import clean
from send_desk.readers.worker import text_of


def test_a_pdf_page_by_page(pdf) -> None:
    found = read_text(pdf("Speech and language therapy\nTwice a week", "", "Zoë’s page"), "report.pdf")
    assert found == ReadDocument(("Speech and language therapy\nTwice a week", "", "Zoë’s page"), "pdf", "")


def test_a_word_document_with_tables_and_page_breaks(word) -> None:
    table = [["What", "Who"], ["Reading", "A tutor,\ntrained"]]
    found = read_text(word("First page", table, "after", None, "Second page"), "advice.docx")
    assert found.kind == "docx"
    assert found.problem == ""
    assert found.pages == ("First page\nWhat | Who\nReading | A tutor, trained\nafter", "Second page")


def test_a_word_document_without_breaks_is_one_page(word) -> None:
    assert read_text(word("One", "Two"), "advice.docx").pages == ("One\nTwo",)


def test_what_word_hides_and_shows() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("kept ")
    deleted = OxmlElement("w:del")
    run = OxmlElement("w:r")
    gone = OxmlElement("w:delText")
    gone.text = "struck out"
    run.append(gone)
    deleted.append(run)
    paragraph._p.append(deleted)
    inserted = OxmlElement("w:ins")
    inserted_run = OxmlElement("w:r")
    for tag, text in (("w:t", "added"), ("w:tab", None), ("w:br", None), ("w:cr", None), ("w:noBreakHyphen", None)):
        element = OxmlElement(tag)
        element.text = text
        inserted_run.append(element)
    inserted.append(inserted_run)
    paragraph._p.append(inserted)
    document.add_paragraph("next page").paragraph_format.page_break_before = True
    document.add_paragraph("same page").paragraph_format.page_break_before = False
    control = OxmlElement("w:sdt")
    content = OxmlElement("w:sdtContent")
    content.append(document.add_paragraph("in a form field")._p)
    control.append(content)
    document.element.body.insert(len(document.element.body) - 1, control)
    document.element.body.insert(len(document.element.body) - 1, OxmlElement("w:sdt"))
    assert document.element.body.find(qn("w:sdt")) is not None
    out = io.BytesIO()
    document.save(out)
    assert text_of(out.getvalue(), "a.docx") == {
        "kind": "docx",
        "pages": ["kept added\t\n\n-", "next page\nsame page\nin a form field"],
        "problem": "",
    }


@pytest.mark.parametrize(
    ("data", "name", "kind", "said"),
    [
        (b"", "a.pdf", "", "it is empty"),
        (b"{\\rtf1 hello}", "letter.rtf", "rtf", "the words of .rtf files are not read yet"),
        (b"\x89PNG", "scan.png", "png", ".png files are not read yet"),
        (b"something", "noname", "", "not a kind of file"),
        (b"this is no pdf", "a.pdf", "pdf", "damaged, or not a PDF"),
        (b"%PDF-1.7 and no more", "a.pdf", "pdf", "damaged, or not a PDF"),
        (b"this is no word file", "a.docx", "docx", "it is damaged"),
        (b"PK\x03\x04 torn", "a.docx", "docx", "it is damaged"),
    ],
)
def test_other_files_are_told_and_never_raise(data: bytes, name: str, kind: str, said: str) -> None:
    found = read_text(data, name)
    assert (found.pages, found.kind) == ((), kind)
    assert said in found.problem
    assert found.problem.endswith("The file itself is kept.")


def test_a_pdf_with_a_password(pdf) -> None:
    found = read_text(pdf("secret", password="heron"), "a.pdf")
    assert found.pages == ()
    assert "protected by a password" in found.problem


def test_a_pdf_of_pictures(pdf) -> None:
    found = read_text(pdf("", ""), "scan.pdf")
    assert found.pages == ("", "")
    assert "pictures" in found.problem


def test_a_word_document_without_words(word) -> None:
    assert "holds no words" in read_text(word(""), "a.docx").problem


def test_kind_is_told_by_the_bytes_not_the_name(pdf, word) -> None:
    assert read_text(pdf("words"), "odd.docx").kind == "pdf"
    assert read_text(word("words"), "odd.bin").kind == "docx"


def _bomb(size: int) -> bytes:
    """A PDF whose one page unpacks to `size` bytes of drawing."""
    stream = zlib.compress(b"(A) Tj " * (size // 7), 9)
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\nBT /F 9 Tf " % len(stream),
    ]
    out = b"%PDF-1.4\n"
    for number, part in enumerate(parts, start=1):
        body = part.removesuffix(b"BT /F 9 Tf ") + (stream + b"\nendstream" if number == 4 else b"")
        out += b"%d 0 obj" % number + body + b"endobj\n"
    return out + b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


def test_a_pdf_bomb_costs_only_its_own_words() -> None:
    found = read_text(_bomb(400_000_000), "bomb.pdf", limits=Limits(seconds=20, memory=220))
    assert found.pages in ((), ("",))
    assert found.problem


def test_a_child_that_takes_too_long_is_ended(pdf) -> None:
    found = read_text(pdf("words"), "slow.pdf", limits=Limits(seconds=0.001))
    assert "longer than any paper should" in found.problem


def test_a_child_without_memory_is_ended(pdf) -> None:
    found = read_text(pdf("words"), "big.pdf", limits=Limits(memory=24))
    assert found.pages == ()
    assert found.problem


def test_a_zip_bomb_is_not_opened() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 10)
        archive.writestr("word/media/x.bin", bytes(301 * 1024 * 1024))
    assert len(out.getvalue()) < 1_000_000
    assert text_of(out.getvalue(), "a.docx")["problem"] == "it is damaged"


def test_a_file_too_large_is_not_even_sent() -> None:
    class Large(bytes):
        def __len__(self) -> int:
            return BIGGEST + 1

    assert "larger than 200 MB" in read_text(Large(), "a.pdf").problem


def test_a_missing_interpreter_is_told(monkeypatch, pdf) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert "could not be started" in read_text(pdf("x"), "a.pdf").problem


def test_a_frozen_program_starts_itself(monkeypatch, pdf, tmp_path: Path) -> None:
    # What PyInstaller makes: one executable that gets only arguments.
    frozen = tmp_path / "send-desk"
    frozen.write_text(f'#!/bin/sh\nexec {sys.executable} -P -m send_desk "$@"\n', encoding="utf-8")
    frozen.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(frozen))
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert read_text(pdf("words"), "a.pdf").pages == ("words",)


def test_an_answer_that_is_none_is_told(monkeypatch, pdf, tmp_path: Path) -> None:
    for words in ("nothing", "[1]"):
        odd = tmp_path / "odd"
        odd.write_text(f"#!/bin/sh\ncat >/dev/null\necho '{words}'\n", encoding="utf-8")
        odd.chmod(0o755)
        monkeypatch.setattr(sys, "executable", str(odd))
        assert "it is damaged" in read_text(pdf("x"), "a.pdf").problem


def test_nothing_is_left_on_disk(pdf, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert read_text(pdf("Merryn Thornbeck"), "a.pdf").pages == ("Merryn Thornbeck",)
    assert list(tmp_path.iterdir()) == []


def test_the_child_says_nothing_on_its_own(pdf) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "send_desk.readers.worker", "text", "a.pdf", "30", "1024"],
        input=pdf("words"),
        capture_output=True,
        check=True,
    )
    assert done.stdout == b'{"kind": "pdf", "pages": ["words"], "problem": ""}'
    assert done.stderr == b""


@pytest.mark.parametrize(
    ("words", "fit"),
    [
        ("a\r\nb\rc\x0bd", "a\nb\nc\nd"),
        ("commu\x02nication", "communication"),
        ("commu\ufffe\nnication", "communication"),
        ("a\x00b\x1fc\x7fd\ud800e\uffff", "abcde"),
        ("a\n\n\n\n\nb\n", "a\n\nb"),
        ("tab\there 🙂 עברית", "tab\there 🙂 עברית"),
    ],
)
def test_words_are_made_fit_to_keep(words: str, fit: str) -> None:
    assert clean(words) == fit


@given(st.integers(0, 10**6), st.integers(0, 255), st.booleans())
@settings(max_examples=60, deadline=None)
def test_a_damaged_word_file_never_raises(place: int, value: int, cut: bool) -> None:
    document = docx.Document()
    document.add_paragraph("Some words")
    out = io.BytesIO()
    document.save(out)
    data = bytearray(out.getvalue())
    data[place % len(data)] = value
    torn = bytes(data[: place % len(data)]) if cut else bytes(data)
    answer = text_of(torn, "a.docx")
    assert answer["pages"] or answer["problem"]
