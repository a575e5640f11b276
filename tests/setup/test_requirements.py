import subprocess

import pytest

from tests.architecture import advisories, pins

pytestmark = pytest.mark.once

ENTRY = "django==5.2.19 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\n    # via x\nrfc8785==0.1.4 \\\n    --hash=sha256:cc\n"


def test_every_lock_agrees_with_what_is_asked_for():
    assert [pins.disagreement(name) for name in pins.SETS] == [None, None, None]


@pytest.mark.parametrize("line", ["django", "django>=5", "django~=5.2", "django==5.*", "-e ."])
def test_requirement_that_is_not_pinned_is_refused(tmp_path, line):
    path = tmp_path / "requirements.txt"
    path.write_text(f"rfc8785==0.1.4  # why\n{line}\n")
    with pytest.raises(SystemExit, match="is not pinned"):
        pins.asked(path)


def test_requirement_without_its_reason_is_found():
    for name in pins.SETS:
        for line in (pins.ROOT / f"{name}.txt").read_text().splitlines():
            assert "#" in line or line.startswith("-r "), line


def test_lock_is_read_with_all_its_hashes(tmp_path):
    path = tmp_path / "requirements.lock"
    path.write_text(ENTRY)
    assert pins.locked(path) == {"django": "5.2.19", "rfc8785": "0.1.4"}


def test_lock_entry_without_a_hash_is_refused(tmp_path):
    path = tmp_path / "requirements.lock"
    path.write_text(ENTRY + "babel==2.18.0\n")
    with pytest.raises(SystemExit, match=r"'babel==2\.18\.0' has no hash"):
        pins.locked(path)


@pytest.mark.parametrize("output", ["", "not json", "{}"])
def test_unanswered_question_about_vulnerabilities_is_no_good_news(monkeypatch, capsys, output):
    answered(monkeypatch, output)
    assert advisories.main() == 0
    assert "NOT LOOKED UP" in capsys.readouterr().out


def test_known_vulnerability_is_named_and_fails(monkeypatch, capsys):
    answered(
        monkeypatch,
        '{"dependencies":[{"name":"a","version":"1","vulns":[{"id":"CVE-1"}]},'
        '{"name":"b","version":"2","vulns":[]}]}',
    )
    assert advisories.main() == 1
    assert capsys.readouterr().out == "advisories: a 1 has CVE-1\n"


def test_answer_for_everything_is_told_as_such(monkeypatch, capsys):
    answered(monkeypatch, '{"dependencies":[{"name":"a","version":"1","vulns":[]}]}')
    assert advisories.main() == 0
    assert capsys.readouterr().out == "advisories: none known\n"


def answered(monkeypatch, output):
    """Lets pip-audit, a program of others, answer this."""
    done = subprocess.CompletedProcess([], 0, stdout=output, stderr="")
    monkeypatch.setattr(advisories.subprocess, "run", lambda *_, **__: done)
