"""What all records have in common, whatever their kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from cooperation.catalogue import KINDS
from cooperation.desk.chronicle import Chronicle
from cooperation.desk.fields import KeyField
from cooperation.desk.texts import TextsField
from cooperation.gazette.shapes import TITLE
from cooperation.gazette.shapes.types import Label, Text
from cooperation.rules.keys import KEY_PATTERN, key_from
from cooperation.rules.languages import LANGUAGES, django_code, pick

KEY = Text(
    _("Key"),
    _(
        "Its permanent name in addresses, such as alibaba-group; proposed from the title, fixed once published."
    ),
)


class StillPublished(models.ProtectedError):
    """A record that has been published is to be deleted; it can only be withdrawn."""

    def __init__(self, records: set[Any]):
        names = ", ".join(f"{record} ({record.key})" for record in records)
        super().__init__(
            gettext("%(records)s has been published, so it cannot be deleted; withdraw it instead.")
            % {"records": names},
            records,
        )


class RecordQuerySet(models.QuerySet):
    """Records; those that have been published refuse to be deleted."""

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete drafts; StillPublished, and nothing deleted, where one has been published."""
        published = set(self.filter(edition_number__isnull=False)[:10])
        if published:
            raise StillPublished(published)
        return super().delete()


class Record(models.Model):
    """A thing that staff keep at the desk and publish in the gazette."""

    class State(models.TextChoices):
        """How a record stands to its published document."""

        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        CHANGED = "changed", _("Changed since")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        MERGED = "merged", _("Merged")

    key = KeyField(KEY, unique=True, blank=True)
    title = TextsField(TITLE)
    version = models.PositiveIntegerField(
        _("Version"),
        default=1,
        editable=False,
        help_text=_("Counts the changes, so that no edit is lost to another."),
    )
    published_version = models.PositiveIntegerField(
        _("Published version"),
        null=True,
        editable=False,
        help_text=_("The version that was published last."),
    )
    edition_number = models.BigIntegerField(
        _("Edition"),
        null=True,
        editable=False,
        help_text=_("The number of the edition published last."),
    )
    withdrawn = models.BooleanField(
        _("Withdrawn"),
        default=False,
        editable=False,
        help_text=_("Whether it was taken back from the public."),
    )
    successor = KeyField(
        Text(_("Successor"), _("The key of the record into which it was merged.")),
        blank=True,
        default="",
        editable=False,
    )
    state = models.GeneratedField(
        expression=Case(
            When(~Q(successor=""), then=Value("merged")),
            When(withdrawn=True, then=Value("withdrawn")),
            When(published_version__isnull=True, then=Value("draft")),
            When(published_version=F("version"), then=Value("published")),
            default=Value("changed"),
        ),
        output_field=models.CharField(max_length=9, choices=State),
        db_persist=True,
        verbose_name=_("State"),
        help_text=_("How it stands to its published document."),
    )
    created_at = models.DateTimeField(
        _("Created"), auto_now_add=True, help_text=_("When it was first saved.")
    )
    updated_at = models.DateTimeField(
        _("Updated"),
        # Not whenever the row is written: publishing writes it too, and changes nothing of it.
        default=timezone.now,
        editable=False,
        help_text=_("When it was last saved."),
    )
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("Changed by"),
        help_text=_("Who changed it last."),
    )

    history: Any = Chronicle(leaving_out=("state",))
    objects = RecordQuerySet.as_manager()

    # What the library of the history and each kind's citations add.
    chronicle: ClassVar[Chronicle]
    save_without_historical_record: Callable[[], None]
    citations: Any

    class Meta:
        abstract = True
        ordering = ["key"]
        indexes = [
            models.Index(fields=["state", "key"], name="desk_%(class)s_by_state"),
            # The order of the desk's lists.
            models.Index(fields=["-updated_at", "-id"], name="desk_%(class)s_by_update"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(key__regex=rf"^{KEY_PATTERN}\Z"),
                name="desk_%(class)s_key",
                violation_error_message=_(
                    "Use small Latin letters and digits with single hyphens between, such as alibaba-group."
                ),
            ),
        ]

    def __str__(self) -> str:
        language = get_language() or "en"
        ours = {django_code(code): code for code in LANGUAGES}.get(language, "en")
        return pick(self.title, ours, settings.PORTAL_MAIN_LANGUAGE).text or self.key

    def clean(self) -> None:
        """Propose a key where there is none, hold fast to one that has been published, and leave what was merged."""
        super().clean()
        if self.successor:
            raise ValidationError(
                gettext("This record was merged into %(key)s; change that one instead.")
                % {"key": self.successor}
            )
        if not self.key:
            self.key = key_from(self.title[settings.PORTAL_MAIN_LANGUAGE] or self.title["en"] or "")
        if not self.key:
            raise ValidationError(
                {"key": _("Write a key: the title has no Latin letters to propose one from.")}
            )
        if self.edition_number is not None and self.key != self._stored_key():
            raise ValidationError(
                {
                    "key": _("This record has been published, so its key stays %(key)s.")
                    % {"key": self._stored_key()}
                }
            )

    def validate_constraints(self, exclude: Any = None) -> None:
        """Check the rules of the table, those about its own number too, which no form asks for."""
        super().validate_constraints(exclude={*(exclude or ())} - {"id"})

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete a draft; StillPublished where it has ever been published."""
        if self.edition_number is not None:
            raise StillPublished({self})
        return super().delete(*args, **kwargs)

    @property
    def kind(self) -> str:
        """The kind of record, as the catalogue names it."""
        model: Any = self._meta.concrete_model
        return str(model._meta.model_name)

    @property
    def kind_word(self) -> str:
        """The kind as sentences say it in the language of the desk: `organization`."""
        return str(KINDS[self.kind].label).lower()

    @property
    def name(self) -> str:
        """How sentences name it: `Alibaba Group (organization alibaba-group)`."""
        return f"{self} ({self.kind_word} {self.key})"

    def _stored_key(self) -> str:
        return str(type(self)._base_manager.values_list("key", flat=True).get(pk=self.pk))


def words(label: Label) -> Any:
    """The label as Meta takes it: the types of Django know fewer lazy texts than there are."""
    return label


def publishing_permission(kind: str) -> list[tuple[str, Any]]:
    """The permission to publish and withdraw records of a kind, for its model's Meta."""
    return [(f"publish_{kind}", f"Can publish and withdraw {kind}")]
