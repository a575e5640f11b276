"""Whether what the styles are made of can be read: the contrast of every pair, light and dark."""

import re
from pathlib import Path

import pytest

from cooperation.faces.pages.styleguides import colours

pytestmark = pytest.mark.once

STYLES = Path(__file__).resolve().parents[2] / "static" / "css"

# What stands on what. WCAG 2.2 asks 4.5:1 for words, and 3:1 for what shows that a control is there.
WORDS = 4.5
LINES = 3.0
PAIRS = [
    ("ink", "paper", WORDS),
    ("ink", "paper-quiet", WORDS),
    ("ink", "accent-wash", WORDS),
    ("ink", "mark", WORDS),
    ("ink-quiet", "paper", WORDS),
    ("ink-quiet", "paper-quiet", WORDS),
    ("ink-quiet", "accent-wash", WORDS),
    ("accent", "paper", WORDS),
    ("accent", "paper-quiet", WORDS),
    ("accent", "accent-wash", WORDS),
    ("accent-ink", "accent", WORDS),
    ("warn-ink", "paper", WORDS),
    ("warn-ink", "accent-wash", WORDS),
    ("warn-ink", "warn-wash", WORDS),
    # Fields, chips and boxes to tick; the frame around what the keyboard is at.
    ("line-strong", "paper", LINES),
    ("line-strong", "paper-quiet", LINES),
    ("accent", "paper", LINES),
    ("accent", "paper-quiet", LINES),
    # The parts of a bar against the page.
    ("share-a", "paper", LINES),
    ("share-b", "paper", LINES),
    ("share-c", "paper", LINES),
    ("share-d", "paper", LINES),
    # Numbers and names within its parts.
    ("accent-ink", "share-a", WORDS),
    ("share-ink", "share-b", WORDS),
    ("share-ink", "share-c", WORDS),
    ("share-ink", "share-d", WORDS),
]
# A line that only divides tells nothing that its neighbours do not.
UNPAIRED = {"line"}


def luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def too_faint(scheme: dict[str, str]) -> list[tuple[str, str, float]]:
    found = ((one, on, contrast(scheme[one], scheme[on]), least) for one, on, least in PAIRS)
    return [(one, on, round(seen, 2)) for one, on, seen, least in found if seen < least]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_and_controls_stand_out_from_what_they_stand_on(scheme):
    assert too_faint({colour.name: getattr(colour, scheme) for colour in colours()}) == []


def test_a_paler_ink_turns_the_table_red():
    """The control."""
    light = {colour.name: colour.light for colour in colours()}
    assert ("ink-quiet", "paper", 4.48) in too_faint({**light, "ink-quiet": "#777777"})


def test_every_colour_stands_in_the_table():
    paired = {name for one, on, _least in PAIRS for name in (one, on)}
    assert {colour.name for colour in colours()} == paired | UNPAIRED


def test_no_colour_is_written_anywhere_but_among_the_tokens():
    """On paper ink is saved; elsewhere a colour has a name."""
    for file in STYLES.glob("*.css"):
        if file.name not in {"tokens.css", "print.css"}:
            assert re.findall(r"#[0-9a-f]{3,8}\b|\brgba?\(", file.read_text()) == [], file.name


def test_styles_are_light_and_ask_for_nothing_else():
    files = [STYLES / f"{name}.css" for name in ("tokens", "text", "layout", "record")]
    assert sum(file.stat().st_size for file in files) < 26_000
    assert [file.name for file in STYLES.glob("*.css") if "@import" in file.read_text()] == []


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", ["", "/ko", "/zh-hans"])
def test_style_guide_is_no_page_of_the_portal(client, prefix):
    """It is for who works on the portal; with PORTAL_DEBUG alone it has an address."""
    from django.urls import NoReverseMatch, reverse

    with pytest.raises(NoReverseMatch):
        reverse("pages:styleguide")
    assert client.get(f"{prefix}/styleguide/").status_code == 404
