"""Identifiers of organizations: the schemes that are known, and how a number of each is checked."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from stdnum.cn import uscc
from stdnum.iso7064 import mod_97_10
from stdnum.kr import brn

MAX_LENGTH = 100

Finding = str | None


@dataclass(frozen=True)
class Scheme:
    """A register of identifiers, and how one of its numbers is written, checked and looked up."""

    code: str
    label: str | Promise
    sentence: str | Promise
    url_template: str | None
    normalise: Callable[[str], str]
    check: Callable[[str], Finding]
    doubt: Callable[[str], Finding] | None = None


def problem(scheme: str, value: str) -> str | None:
    """Return a sentence on why an identifier cannot be right, or None if nothing speaks against it."""
    if scheme not in SCHEMES:
        return gettext("“%(scheme)s” is not a known scheme; use one of %(schemes)s.") % {
            "scheme": scheme[:40],
            "schemes": ", ".join(SCHEMES),
        }
    if len(value) > MAX_LENGTH:
        return gettext("An identifier has at most %(most)s characters.") % {"most": MAX_LENGTH}
    return SCHEMES[scheme].check(normalise(scheme, value))


def warning(scheme: str, value: str) -> str | None:
    """Return a sentence on why a possible identifier is doubtful, or None. Problems are not told again."""
    if problem(scheme, value):
        return None
    doubt = SCHEMES[scheme].doubt
    return doubt(normalise(scheme, value)) if doubt else None


def normalise(scheme: str, value: str) -> str:
    """Return an identifier in the one form in which it is kept; of an unknown scheme, merely stripped."""
    known = SCHEMES.get(scheme)
    return known.normalise(value.strip()) if known else value.strip()


def url(scheme: str, value: str) -> str | None:
    """Return the address where a register shows an identifier; None where it has none, or for a faulty one."""
    known = SCHEMES.get(scheme)
    if known is None or known.url_template is None or problem(scheme, value):
        return None
    return known.url_template.format(value=normalise(scheme, value))


def _compact(value: str) -> str:
    return re.sub(r"[\s-]", "", value).upper()


def _korean(value: str) -> str:
    digits = _compact(value)
    return brn.format(digits) if re.fullmatch(r"[0-9]{10}", digits) else value


def _list_prefix_upper(value: str) -> str:
    parts = value.split("-", 2)
    return "-".join([*(part.upper() for part in parts[:2]), *parts[2:]])


def _check_lei(value: str) -> Finding:
    if not re.fullmatch(r"[0-9A-Z]{18}[0-9]{2}", value):
        return gettext(
            "An LEI has 18 letters or digits and 2 check digits, such as 213800KUD8LAJWSQ9D15."
        )
    if not mod_97_10.is_valid(value):
        return gettext(
            "The check digits of LEI %(value)s are wrong; compare it with the register."
        ) % {"value": value}
    return None


def _check_uscc(value: str) -> Finding:
    if not re.fullmatch(r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}", value):
        return gettext(
            "A Unified Social Credit Code has 18 digits or capital letters (never I, O, S, V or Z), "
            "such as 91110000600037341L."
        )
    if value[-1] != uscc.calc_check_digit(value[:-1]):
        return gettext(
            "The check digit of Unified Social Credit Code %(value)s is wrong; compare it with the register."
        ) % {"value": value}
    return None


def _check_korean(value: str) -> Finding:
    if not brn.is_valid(value):
        return gettext("A Korean business number has 10 digits, such as 116-82-00276.")
    return None


def _doubt_korean(value: str) -> Finding:
    digits = [int(character) for character in _compact(value)]
    total = sum(
        digit * weight
        for digit, weight in zip(digits[:9], (1, 3, 7, 1, 3, 7, 1, 3, 5), strict=True)
    )
    total += digits[8] * 5 // 10
    if (10 - total % 10) % 10 != digits[9]:
        return gettext(
            "The check digit of Korean business number %(value)s is unusual; compare it with the source."
        ) % {"value": value}
    return None


def _check_wikidata(value: str) -> Finding:
    if not re.fullmatch(r"Q[1-9][0-9]{0,11}", value):
        return gettext("A Wikidata identifier is Q and a number, such as Q1359568.")
    return None


def _check_org_id(value: str) -> Finding:
    if not re.fullmatch(r"[A-Z]{2,3}-[A-Z0-9]{1,12}-[0-9A-Za-z][0-9A-Za-z._/-]*", value):
        return gettext(
            "An org-id.guide identifier is the code of a list and the number in it, such as KR-CRN-110111-0000001 "
            "or XM-DAC-41114."
        )
    return None


SCHEMES = {
    scheme.code: scheme
    for scheme in (
        Scheme(
            code="lei",
            label=_("LEI"),
            sentence=_("Legal Entity Identifier: 18 letters or digits and 2 check digits."),
            url_template="https://search.gleif.org/#/record/{value}",
            normalise=_compact,
            check=_check_lei,
        ),
        Scheme(
            code="uscc",
            label=_("Unified Social Credit Code"),
            sentence=_(
                "China's number for organizations: 18 digits or capital letters, the last a check digit."
            ),
            url_template=None,
            normalise=_compact,
            check=_check_uscc,
        ),
        Scheme(
            code="kr-brn",
            label=_("Korean business number"),
            sentence=_("Korea's business registration number: 10 digits, written 116-82-00276."),
            url_template=None,
            normalise=_korean,
            check=_check_korean,
            doubt=_doubt_korean,
        ),
        Scheme(
            code="wikidata",
            label=_("Wikidata"),
            sentence=_("The item about the organization: Q and a number."),
            url_template="https://www.wikidata.org/wiki/{value}",
            normalise=str.upper,
            check=_check_wikidata,
        ),
        Scheme(
            code="org-id",
            label=_("org-id.guide"),
            sentence=_("The code of a list at org-id.guide, a hyphen and the number in that list."),
            url_template=None,
            normalise=_list_prefix_upper,
            check=_check_org_id,
        ),
    )
}
