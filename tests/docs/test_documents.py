"""What README and the pages in docs/ say is so."""

import re
import shlex
import subprocess
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

# What it shows does not depend on the engine.
pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = [
    ROOT / "README.md",
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted((ROOT / "deploy").glob("*.md")),
]


def page(name):
    return (ROOT / "docs" / f"{name}.md").read_text()


@pytest.mark.parametrize("document", PAGES, ids=lambda path: path.name)
def test_every_link_leads_to_something_in_the_project(document):
    targets = re.findall(r"\]\(([^)#]+)\)", document.read_text())
    missing = [t for t in targets if "://" not in t and not (document.parent / t).exists()]
    assert not missing


@pytest.mark.parametrize("document", PAGES, ids=lambda path: path.name)
def test_every_target_that_is_named_is_one_of_the_makefile(document):
    named = set(
        re.findall(r"`make ([a-z-]+)|^    make ([a-z-]+)", document.read_text(), re.MULTILINE)
    )
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))
    assert {one or other for one, other in named} <= targets


def test_make_help_lists_every_target_with_one_line():
    said = subprocess.run(
        ["make", "--no-print-directory", "help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))
    assert {line.split()[1] for line in said.splitlines()} == targets
    assert all(len(line.split()) > 2 for line in said.splitlines())


@pytest.mark.django_db
def test_every_address_on_the_pages_answers(client):
    call_command("seed")
    text = page("reader") + page("developer")
    addresses = set(re.findall(r"`(/[^` N]*)`", text)) - {"/admin/"}
    addresses |= {
        urlsplit(u).path + "?" + urlsplit(u).query
        for u in re.findall(r"curl -s.*? '(http[^']+)'", text)
    }
    assert len(addresses) > 20
    for address in sorted(addresses):
        asked = address.replace("as_of=2026-11-24", "as_of=2999-01-01")
        asked = re.sub(r"^(\?as_of)", r"/funds/korea-china-cultural-fund/\1", asked)
        status = client.get(quote(asked, safe="/?&=%")).status_code
        assert status == 200, address


@pytest.mark.django_db
def test_the_commands_on_the_editors_page_do_what_it_says(capsys, tmp_path, monkeypatch):
    call_command("seed")
    for name in ("editor", "publisher"):
        User.objects.create(username=name, is_superuser=True)
    monkeypatch.chdir(tmp_path)
    rates = "date,base,quote,rate,source\n2015-01-28,USD,KRW,1078.30,Bank of Korea\n"
    (tmp_path / "rates.csv").write_text(rates)
    commands = re.findall(r"^    \.venv/bin/python manage\.py (.+)$", page("editor"), re.MULTILINE)
    assert [line.split()[0] for line in commands] == [
        "import_rates", "publish", "withdraw", "redact", "verify",
    ]  # fmt: skip
    for line in commands:
        call_command(*shlex.split(line))
    assert "The register is whole" in capsys.readouterr().out
