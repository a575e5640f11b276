"""How packages are packed: while they leave, in little memory, to equal bytes, and never whole where they break off."""

from io import BytesIO
from zipfile import BadZipFile, ZipFile

import pytest
import time_machine

from cooperation.faces.exports import documents, zips
from tests.examples import fund, organizations, source
from tests.worlds import publish, sample, texts

from .reading import API, fetched, growth
from .tabular import Package

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_equal_registers_are_equal_bytes_whenever_they_are_asked_for(client):
    publish(*organizations(), source(), fund())
    found = []
    for day in ("2026-03-02", "2031-05-06"):
        with time_machine.travel(f"{day}T03:00:00Z"):
            found.append([fetched(client, f"{name}.zip") for name in ("funds", "all")])
    assert found[0] == found[1]
    with ZipFile(BytesIO(found[0][1])) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("name", ["statements.zip", "all.zip"])
def test_memory_does_not_grow_with_the_list(client, monkeypatch, name):
    monkeypatch.setattr(documents, "CHUNK", 20)
    monkeypatch.setattr(zips, "HELD", 400_000)
    assert growth(client, name) < 1.5


def test_memory_that_grows_is_noticed(client, monkeypatch):
    """The control: a package that holds all documents back."""
    monkeypatch.setattr(documents, "CHUNK", 20)
    monkeypatch.setattr(zips, "HELD", 10**9)
    assert growth(client, "statements.zip") > 1.5


def test_only_what_is_long_is_marked_as_perhaps_beyond_4_gb(client, monkeypatch):
    """Older programs that read zips as they come stumble on the mark, where it is not needed."""
    publish(sample("statement", "long", words=texts("words " * 500)))
    plain = fetched(client, "statements.zip")
    monkeypatch.setattr(zips, "HELD", 1_000)
    marked = fetched(client, "statements.zip")
    assert (b"\xff\xff\xff\xff" in plain[:60], b"\xff\xff\xff\xff" in marked[:60]) == (False, True)
    assert Package(marked).tables == Package(plain).tables


@pytest.mark.parametrize("name", ["organizations", "all"])
def test_a_package_that_breaks_off_cannot_be_opened(client, monkeypatch, name):
    monkeypatch.setattr(documents, "CHUNK", 3)
    monkeypatch.setattr(zips, "HELD", 1_000)
    publish(*(sample("organization", f"o{n}") for n in range(8)))
    every = documents.texts

    def failing(filters):
        for number, some in enumerate(every(filters)):
            if number == 2:
                raise OSError("The database has gone.")
            yield some

    monkeypatch.setattr(documents, "texts", failing)
    came = []
    with pytest.raises(OSError, match="gone"):
        came.extend(client.get(f"{API}exports/{name}.zip").streaming_content)
    assert came
    with pytest.raises(BadZipFile):
        ZipFile(BytesIO(b"".join(came)))
