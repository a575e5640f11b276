"""The portal gives out its guide and what that leads to, with its own address in the code."""

import re

import pytest

from tests.docs.guide import DOCS

from .reading import API

# What it shows does not depend on the engine.
pytestmark = [pytest.mark.django_db, pytest.mark.once]
HERE = "http://testserver"


@pytest.mark.parametrize("name", ["api.md", "api-v1.txt", "mirror.py", "verify.py"])
def test_the_guide_and_what_it_leads_to_are_given_out_as_text(client, name):
    answer = client.get(f"{API}guide/{name}")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    written = (DOCS / name).read_text()
    assert answer.content.decode() == written.replace("http://127.0.0.1:8000", HERE)


def test_code_in_the_guide_asks_the_portal_that_gave_it_out(client, settings):
    assert f"API={HERE}/api/v1\n" in client.get(f"{API}guide/api.md").content.decode()
    settings.PORTAL_URL = "https://portal.example"
    said = client.get(f"{API}guide/api.md").content.decode()
    assert "API=https://portal.example/api/v1\n" in said
    assert "127.0.0.1" not in said


def test_every_link_of_the_guide_leads_to_something_that_is_given_out(client):
    text = client.get(f"{API}guide/api.md").content.decode()
    links = set(re.findall(r"\]\(([^)#]+)\)", text))
    assert links
    for link in links:
        assert client.get(f"{API}guide/{link}").status_code == 200, link


def test_every_chapter_of_the_guide_is_in_its_list_and_the_other_way_round():
    text = (DOCS / "api.md").read_text()
    chapters = [
        re.sub(r"[^\w -]", "", title).lower().replace(" ", "-")
        for title in re.findall(r"^## (.+)$", text, re.MULTILINE)
    ]
    assert re.findall(r"\]\(#([^)]+)\)", text.partition("\n## ")[0]) == chapters


def test_page_of_the_data_and_the_description_lead_to_the_guide(client):
    assert 'href="/api/v1/guide/api.md"' in client.get("/data/").content.decode()
    described = client.get(f"{API}openapi.json").json()
    assert described["externalDocs"]["url"] == f"{HERE}{API}guide/api.md"
    assert "](/api/v1/guide/api.md#what-v1-promises)" in described["info"]["description"]
