"""Files that are sent to be kept: what is read from harmless ones, and how fast hostile ones are refused."""

from __future__ import annotations

import resource
from pathlib import Path

import pytest

from cooperation.desk.copies import examining
from cooperation.desk.copies.examining import examined
from cooperation.rules.quotations import comparable
from tests import kept

MOST_SECONDS = 1.0


def refusal(name: str, content: bytes) -> str:
    """The sentence with which the file is refused."""
    with pytest.raises(ValueError, match=r"\w") as refused:
        examined(name, content)
    return str(refused.value)


def refused_in_time(name: str, content: bytes) -> str:
    """The sentence, for which reading took no more than a second of the processor."""
    before = _seconds()
    sentence = refusal(name, content)
    assert _seconds() - before <= MOST_SECONDS, "It takes more than a second."
    return sentence


def _seconds() -> float:
    """What programs that this process started have taken of the processor, in seconds."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.once
@pytest.mark.parametrize("what", kept.HOSTILE)
def test_a_hostile_file_is_refused_within_a_second_with_one_sentence(what):
    name, content, beginning = kept.HOSTILE[what]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    sentence = refused_in_time(name, content)
    assert sentence.startswith(beginning), sentence
    assert (sentence[-1], sentence.count(". ")) == (".", 0)
    # In kilobytes: the office holds the file, never what it would become.
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60_000


@pytest.mark.parametrize("words", ["BMW and others will sell there.", "MZ 250 is a motorcycle."])
def test_a_text_may_begin_with_the_letters_of_a_picture_or_program(words):
    assert examined("report.txt", words.encode()).text == words


@pytest.mark.once
@pytest.mark.parametrize("name", kept.INNOCENT)
def test_the_words_of_a_harmless_file_are_read(name):
    found = examined(name, kept.INNOCENT[name])
    assert comparable(kept.WORDS) in comparable(found.text)
    assert (
        found.media_type
        == {
            "pdf": "application/pdf",
            "html": "text/html",
            "txt": "text/plain",
        }[name.split(".")[1]]
    )
    assert found.content == kept.INNOCENT[name]


@pytest.mark.once
def test_a_page_keeps_its_paragraphs_apart_and_loses_what_no_reader_sees():
    assert examined("a.html", kept.page_of()).text == f"Report\n\nParagraph one.\n\n{kept.WORDS}"


@pytest.mark.once
@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("한국 정부는 기금을 조성한다. 알리바바", "utf-8-sig"),
        ("한국 정부는 기금을 조성한다. 알리바바", "utf-16"),
        ("한국 정부는 기금을 조성한다. 알리바바 同意", "cp949"),
        ("中国政府与韩国政府签署了协议，阿里巴巴集团参加。", "gb18030"),
        ("Été à Genève", "utf-8"),
    ],
)
def test_a_text_is_read_in_the_encodings_of_the_countries_concerned(text, encoding):
    assert examined("a.txt", text.encode(encoding)).text == text


@pytest.mark.once
def test_any_number_of_comments_may_stand_before_a_page():
    page = "<!-- built by a machine -->" * 2000 + "<{}><p>Words of the law</p>"
    assert examined("a.html", page.format("html").encode()).text == "Words of the law"
    assert examined("a.txt", page.format("form").encode()).media_type == "text/plain"


@pytest.mark.once
def test_a_page_is_read_in_the_encoding_that_it_names():
    page = "<html><head><meta charset='euc-kr'></head><p>한국</p></html>".encode("euc-kr")
    assert examined("a.html", page).text == "한국"


@pytest.mark.once
def test_a_pdf_may_open_at_a_page_of_its_own_and_link_to_addresses():
    assert examined("a.pdf", kept.pdf_of(catalogue=kept.LINKING)).text == kept.WORDS


@pytest.mark.once
def test_a_scanned_pdf_is_taken_and_has_no_text():
    assert examined("scan.pdf", kept.pdf_of(contents=kept.stream(b"q Q"))).text == ""


@pytest.mark.once
def test_what_nobody_reads_is_not_among_the_words():
    hidden = "so\u202emuch\x07 more\r\nand\fnext"
    assert examined("a.txt", hidden.encode()).text == "somuch more\nand\n\nnext"


def program(folder: Path, text: str) -> Path:
    """A program that stands in place of the one that reads files."""
    path = folder / "reading.py"
    path.write_text(text)
    return path


@pytest.mark.once
def test_a_reader_that_waits_for_ever_is_ended_by_the_clock(monkeypatch, tmp_path):
    monkeypatch.setattr(examining, "PROGRAM", program(tmp_path, "import time; time.sleep(60)"))
    monkeypatch.setattr(examining, "SECONDS", 0.5)
    assert "could not be read within a second" in refusal("a.txt", b"words")


@pytest.mark.once
def test_a_harmless_file_is_read_however_long_a_busy_machine_makes_it_wait(monkeypatch, tmp_path):
    own = examining.PROGRAM
    late = f"import runpy, time; time.sleep(1); runpy.run_path({str(own)!r}, run_name='__main__')"
    monkeypatch.setattr(examining, "PROGRAM", program(tmp_path, late))
    assert examined("a.txt", b"words").text == "words"


@pytest.mark.once
def test_reading_for_longer_is_noticed(monkeypatch, tmp_path):
    """The control: a reader that nothing confines."""
    busy = "import time\nwhile time.process_time() < 1.1: pass\nraise SystemExit(1)"
    monkeypatch.setattr(examining, "PROGRAM", program(tmp_path, busy))
    with pytest.raises(AssertionError, match="more than a second"):
        refused_in_time("a.txt", b"words")


@pytest.mark.once
@pytest.mark.parametrize(
    "said",
    [
        "",
        "[]",
        "null",
        '{"type": "text/html"}',
        '{"type": "image/svg+xml", "text": ""}',
        '{"type": "text/html", "text": [1]}',
        "[" * 9**6,
    ],
)
def test_what_a_file_makes_the_program_say_is_not_believed(monkeypatch, tmp_path, said):
    monkeypatch.setattr(examining, "PROGRAM", program(tmp_path, f"print({said!r})"))
    assert refusal("a.txt", b"words").startswith("The file is damaged")


@pytest.mark.once
def test_the_program_that_reads_is_told_nothing_of_the_surroundings(monkeypatch, tmp_path):
    """A file that took it over would find no password."""
    monkeypatch.setenv("PORTAL_SECRET_KEY", "a secret")
    text = (
        "import json, os; print(json.dumps({'type': 'text/plain', 'text': repr(dict(os.environ))}))"
    )
    monkeypatch.setattr(examining, "PROGRAM", program(tmp_path, text))
    assert "secret" not in examined("a.txt", b"words").text.lower()
