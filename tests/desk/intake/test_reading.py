"""Intake files: a small part of YAML in which nothing is guessed and nothing swells."""

import time

import pytest
import yaml

from cooperation.desk.intake import reading
from cooperation.desk.intake.faults import Faults
from cooperation.desk.intake.reading import Unreadable, read, records


def test_plain_words_stay_what_they_are():
    written = b"""
- date: 2015-01-28
  year: 2015
  country: NO
  amount: 40000000000.10
  time: 12:30
  octal: 0102
  merge: <<
"""
    assert records(written) == [
        {
            "date": "2015-01-28",
            "year": "2015",
            "country": "NO",
            "amount": "40000000000.10",
            "time": "12:30",
            "octal": "0102",
            "merge": "<<",
        }
    ]


def test_true_false_and_null_mean_what_they_say_unless_quoted():
    assert records(b'- [true, false, null, ~, "true", "null", ""]\n-') == [
        [True, False, None, None, "true", "null", ""],
        None,
    ]


def test_lists_and_groups_nest():
    assert records("- a: {b: [c, {d: 값}]}\n  e: []".encode()) == [
        {"a": {"b": ["c", {"d": "값"}]}, "e": []}
    ]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"- kind: a\n  kind: b", "Line 2 gives “kind” a second time; keep one of the two."),
        (b"- &a [x]\n- *a", "Line 1 has an anchor or alias (& or *)"),
        (b"- *a", "Line 1 has an anchor or alias"),
        (b'- !!python/object/apply:os.system ["ls"]', "Line 1 has a tag (!)"),
        (b"- !!str x", "Line 1 has a tag (!)"),
        (b"- a\n---\n- b", "Line 2 begins a second document"),
        (b"- \xff", "Line 1 is not UTF-8"),
        (b"- a\x00b", "cannot be read as YAML"),
        (b"- {a: b", "cannot be read as YAML"),
        (b"- ? [a]\n  : b", "Line 1 has a list or group where a name must stand."),
        (b"", "The file must be a list of records"),
        (b"kind: organization", "The file must be a list of records"),
    ],
)
def test_what_is_not_an_intake_file_is_refused_with_a_sentence(data, sentence):
    with pytest.raises(Unreadable) as refusal:
        records(data)
    assert sentence in str(refusal.value)


HOSTILE = {
    "larger than allowed": b"-" * 1_000_001,
    "flow lists nested deeply": b"[" * 1_000_000,
    "groups nested deeply": b"{a: " * 250_000,
    "block lists nested deeply": b"- " * 400_000,
    "very many entries": b"- a\n" * 250_000,
    "very many members": b"- {" + b", ".join(b"k%d: 1" % i for i in range(80_000)) + b"}",
    "a bomb of aliases": b"- &a [x, x]\n" + b"- &a [*a, *a]\n" * 30,
    "very many directives": b"%TAG ! tag:x,2000:\n" * 20_000,
    "one very long name": b"- " + b"a" * 900_000 + b": b",
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_files_are_refused_within_a_second(data):
    began = time.process_time()
    with pytest.raises(Unreadable):
        records(data)
    assert time.process_time() - began < 1


def test_a_reader_without_these_walls_lets_a_bomb_swell():
    """The control: what the library by itself makes of aliases and of a name given twice."""
    swollen = yaml.safe_load("- &a [x, x]\n- &b [*a, *a]\n- [*b, *b]\n")
    assert swollen[2] == [[["x", "x"], ["x", "x"]], [["x", "x"], ["x", "x"]]]
    assert yaml.safe_load("{kind: a, kind: b}") == {"kind": "b"}


def test_both_parsers_of_the_library_read_the_seed_alike(monkeypatch):
    quick = read(reading.SEED)
    monkeypatch.setattr(reading, "LOADER", yaml.SafeLoader)
    assert read(reading.SEED) == quick


def test_a_file_that_cannot_be_read_is_one_fault_with_its_mend(tmp_path):
    path = tmp_path / "records.yaml"
    path.write_bytes(b"- kind: a\n  kind: b")
    with pytest.raises(Faults) as refused:
        read(path)
    assert [(fault.record, fault.mend) for fault in refused.value] == [
        ("records.yaml", "Line 2 gives “kind” a second time; keep one of the two.")
    ]
