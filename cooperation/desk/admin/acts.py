"""The pages that show what an act would do before it is done: publish, and withdraw."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cooperation.catalogue import KINDS
from cooperation.desk import editing, publishing, submitting
from cooperation.desk.checks import Refused
from cooperation.desk.models import Record
from cooperation.gazette.entering import lock_head
from cooperation.gazette.models import Edition
from cooperation.rules.keys import is_key

from . import previews
from .guards import signed_in

MOST = 100
"""How many records one page shows; more are published by command."""
NAMED = 10
Answers = Any


class Overtaken(Exception):
    """Something has changed since the page was shown, so what was confirmed is not what would be done."""


@dataclass(frozen=True)
class Act:
    """Something that is done to records together, with the words in which the page asks for it."""

    name: str
    title: Any
    button: Any
    sentence: Any
    preview: Callable[[Sequence[Record], Any], previews.Preview]
    carry_out: Callable[[Sequence[Record], Any, Answers], str | SafeString]
    """Does it, and says what was done."""
    why_label: Any = ""
    """What the answer to “why?” is called; empty where nobody is asked."""
    why: Any = ""
    why_is_needed: bool = True
    right: str = "publish"
    """The permission to do it."""
    may_be_looked_at: bool = False
    """Whether those who may change records, but not carry it out, may see what it would do."""
    asks_to_confirm: bool = False
    """Whether warnings have to be confirmed."""

    def page(self, admin: Any, request: HttpRequest) -> HttpResponse:
        """Shows what would be done, and on POST does it: to all the records, or to none."""
        may = getattr(admin, f"has_{self.right}_permission")(request)
        if not may and (request.method == "POST" or not self._open_to(admin, request)):
            raise PermissionDenied
        names = list(dict.fromkeys((request.POST or request.GET).getlist("record")))
        if request.method != "POST":
            records = found(names)
            preview = self.preview(records, signed_in(request))
            return self._shown(admin, request, records, preview, may_act=may)
        try:
            with transaction.atomic():
                lock_head()
                records = found(names, locked=True)
                preview = self.preview(records, signed_in(request))
                if preview.seal != request.POST.get("seal"):
                    raise Overtaken
                said = self.carry_out(records, signed_in(request), request.POST)
        except Overtaken:
            return self._shown(admin, request, records, preview, overtaken=True)
        except Refused as refused:
            faults = [one.sentence for one in refused.findings if one.code == "reason"]
            preview = preview.with_findings(refused.findings)
            return self._shown(admin, request, records, preview, reason_faults=faults)
        admin.message_user(request, said, messages.SUCCESS)
        return HttpResponseRedirect(after(admin, records))

    def _open_to(self, admin: Any, request: HttpRequest) -> bool:
        return self.may_be_looked_at and admin.has_change_permission(request)

    def _shown(
        self,
        admin: Any,
        request: HttpRequest,
        records: Sequence[Record],
        preview: previews.Preview,
        **more: Any,
    ) -> HttpResponse:
        context = {
            **admin.admin_site.each_context(request),
            "title": self.title,
            "opts": admin.opts,
            "media": admin.media,
            "act": self,
            "may_act": True,
            "records": records,
            "preview": preview,
            "asked": request.method == "POST" and not more.get("overtaken"),
            "reason": request.POST.get("reason", ""),
            "confirmed": request.POST.getlist("confirmed"),
            "reason_length": publishing.REASON_LENGTH,
            "together": preview.missing and addresses([*records, *preview.missing])[self.name],
            "may_send_back": self.name == "publish"
            and any(one.submission for one in preview.items),
            "act_address": addresses(records),
            "without_errors": preview.sound and addresses(preview.sound)[self.name],
            **more,
        }
        return TemplateResponse(request, "admin/desk/act.html", context)


def _publish(records: Sequence[Record], by: Any, answers: Answers) -> str | SafeString:
    confirmed = answers.getlist("confirmed")
    reason = answers.get("reason", "")
    return done(publishing.publish(records, by=by, reason=reason, confirmed=confirmed))


def _withdraw(records: Sequence[Record], by: Any, answers: Answers) -> str | SafeString:
    return done(publishing.withdraw(records, by=by, reason=answers.get("reason", "")))


def _submit(records: Sequence[Record], by: Any, answers: Answers) -> str:
    count = len(submitting.submit(records, by=by, note=answers.get("reason", "")))
    return ngettext(
        "%(count)s record is handed in; whoever may publish it finds it on the first page of the desk.",
        "%(count)s records are handed in together; whoever may publish them finds them on the first page of the desk.",
        count,
    ) % {"count": count}


def _take_back(records: Sequence[Record], by: Any, answers: Answers) -> str:
    count = submitting.take_back(records, by=by)
    return ngettext(
        "%(count)s record is taken back; hand it in again when it is ready.",
        "%(count)s records are taken back; hand them in again when they are ready.",
        count,
    ) % {"count": count}


def _send_back(records: Sequence[Record], by: Any, answers: Answers) -> str:
    count = submitting.send_back(records, by=by, comment=answers.get("reason", ""))
    return ngettext(
        "%(count)s record is sent back; whoever handed it in finds your comment on the first page of the desk.",
        "%(count)s records are sent back; whoever handed them in finds your comment on the first page of the desk.",
        count,
    ) % {"count": count}


ACTS = {
    act.name: act
    for act in (
        Act(
            "publish",
            gettext_lazy("Publish"),
            gettext_lazy("Publish"),
            gettext_lazy(
                "All of these records become public together, as they are shown here, or none of them does."
            ),
            previews.publication,
            _publish,
            gettext_lazy("Public reason"),
            gettext_lazy(
                "Why this is published; the register shows it to everybody, for good. Name no official."
            ),
            may_be_looked_at=True,
            asks_to_confirm=True,
        ),
        Act(
            "withdraw",
            gettext_lazy("Withdraw"),
            gettext_lazy("Withdraw"),
            gettext_lazy(
                "These records stop being public. Their pages say that they were withdrawn, and why; "
                "their earlier editions stay readable."
            ),
            previews.withdrawal,
            _withdraw,
            gettext_lazy("Public reason"),
            gettext_lazy(
                "Why this is withdrawn; its page and the register show it to everybody. Name no official."
            ),
        ),
        Act(
            "submit",
            gettext_lazy("Submit for review"),
            gettext_lazy("Submit"),
            gettext_lazy(
                "This is what would become public, and what the checks find. Somebody who may publish "
                "looks at all of it together, and publishes it or sends it back."
            ),
            previews.submission,
            _submit,
            gettext_lazy("Note for the review"),
            gettext_lazy("What whoever reviews it should know; it stays at the desk."),
            why_is_needed=False,
            right="change",
        ),
        Act(
            "take_back",
            gettext_lazy("Take back"),
            gettext_lazy("Take back"),
            gettext_lazy(
                "These records do not wait for a review any more; nothing of them changes."
            ),
            previews.taking_back,
            _take_back,
            right="change",
        ),
        Act(
            "send_back",
            gettext_lazy("Send back"),
            gettext_lazy("Send back"),
            gettext_lazy(
                "These records go back to whoever handed them in, with your comment; nothing of them changes."
            ),
            previews.sending_back,
            _send_back,
            gettext_lazy("What has to be mended"),
            gettext_lazy(
                "Its editor reads this on the first page of the desk; it is never published."
            ),
        ),
    )
}


def addresses(records: Iterable[Record]) -> dict[str, str]:
    """Where each act is asked for on these records, under the kind of the first."""
    chosen = list(records)
    query = urlencode([("record", f"{record.kind}/{record.key}") for record in chosen])
    return {name: f"{reverse(f'admin:desk_{chosen[0].kind}_{name}')}?{query}" for name in ACTS}


def found(names: Sequence[str], *, locked: bool = False) -> list[Record]:
    """The records named `kind/key`, by kind and id; not found where one is missing or too many are named."""
    keys: dict[str, set[str]] = {}
    for name in names:
        kind, _slash, key = name.partition("/")
        keys.setdefault(kind, set()).add(key)
    if not keys or not keys.keys() <= KINDS.keys() or len(names) > MOST:
        raise Http404(_("Choose between one and %(most)s records.") % {"most": MOST})
    if not all(map(is_key, set().union(*keys.values()))):
        raise Http404(_("A record that you chose is not there any more."))
    records: list[Record] = []
    for kind in sorted(keys):
        rows = apps.get_model("desk", kind)._base_manager.filter(key__in=keys[kind]).order_by("pk")
        records += editing.hold(rows) if locked else rows
    if len(records) < sum(map(len, keys.values())):
        raise Http404(_("A record that you chose is not there any more."))
    return records


def done(editions: Sequence[Edition]) -> str | SafeString:
    """What was entered in the register, with links to the public pages."""
    if not editions:
        return _("What is public is what the desk says already; nothing was entered.")
    shown = format_html_join(
        ", ",
        '<a href="{}{}">{}</a> ({})',
        (
            (
                settings.PORTAL_URL,
                f"/{KINDS[e.kind].plural}/{e.key}/",
                previews.title(e),
                f"{e.get_action_display().lower()} {e.number}",
            )
            for e in editions[:NAMED]
        ),
    )
    more = len(editions) - NAMED
    rest = _(" and %(count)s more") % {"count": more} if more > 0 else ""
    return format_html("{}: {}{}.", _("Entered in the register"), shown, rest)


def after(admin: Any, records: Sequence[Record]) -> str:
    """Where one goes on: the form of a single record, else the list."""
    model = admin.model._meta.model_name
    if len(records) == 1:
        return reverse(f"admin:desk_{records[0].kind}_change", args=[records[0].pk])
    return reverse(f"admin:desk_{model}_changelist")
