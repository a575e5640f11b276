"""Sessions at the desk: who is signed in since when, and until when they stay so."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.backends import db
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.contrib.sessions.exceptions import SessionInterrupted
from django.db import OperationalError, models
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

NAMED = 20
KEPT = timedelta(days=1)
"""How long what has run out is kept, so that whoever comes back can be told why."""
NOTED_EVERY = timedelta(minutes=1)
NOTES = ("handle", "signed_in_at", "browser", "system")


class SessionQuerySet(models.QuerySet["Session"]):
    """The sessions, and those of them that still let somebody in."""

    def live(self) -> list[Session]:
        """Sessions in which somebody is signed in now, the newest first; one query.

        Left out are those of people who were disabled, are no staff any more, or have a new password.
        """
        found = (
            self.filter(expire_date__gt=timezone.now(), user__is_active=True, user__is_staff=True)
            .select_related("user")
            .order_by("-signed_in_at", "handle")
        )
        return [session for session in found if session.is_honoured()]


class Session(AbstractBaseSession):
    """A while in which somebody is signed in at the desk with one browser."""

    session_key = models.CharField(
        _("key"),
        help_text=_("What the browser shows with each request; it is never put on a page."),
        max_length=40,
        primary_key=True,
    )
    session_data = models.TextField(
        _("data"), help_text=_("What the desk keeps from one request to the next, signed.")
    )
    expire_date = models.DateTimeField(
        _("ends"),
        help_text=_("When it ends if nothing is asked of the desk until then."),
        db_index=True,
    )
    handle = models.UUIDField(
        _("handle"),
        help_text=_("What pages call it, since nobody can sign in with that."),
        default=uuid4,
        unique=True,
        editable=False,
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        verbose_name=_("user"),
        help_text=_("Who is signed in; nobody, for the moment before signing in."),
        null=True,
        related_name="desk_sessions",
    )
    signed_in_at = models.DateTimeField(
        _("signed in"), help_text=_("When it began."), default=timezone.now
    )
    last_seen_at = models.DateTimeField(
        _("last seen"),
        help_text=_("When it was last used, to the minute."),
        default=timezone.now,
    )
    browser = models.CharField(
        _("browser"),
        help_text=_("The browser’s name, without its version."),
        max_length=NAMED,
        blank=True,
    )
    system = models.CharField(
        _("system"),
        help_text=_("What the browser runs on, without its version."),
        max_length=NAMED,
        blank=True,
    )

    objects: ClassVar[Any] = BaseSessionManager.from_queryset(SessionQuerySet)()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        default_permissions = ()
        ordering = ("-signed_in_at",)

    @classmethod
    def get_session_store_class(cls) -> type[SessionStore]:
        """What reads and writes it for a request."""
        return SessionStore

    @property
    def device(self) -> str:
        """The browser in short words."""
        if self.browser and self.system:
            return _("%(browser)s on %(system)s") % {
                "browser": self.browser,
                "system": self.system,
            }
        return self.browser or self.system or str(_("Unknown browser"))

    def __str__(self) -> str:
        # As the admin's log keeps it, in no language.
        return ", ".join(filter(None, (str(self.user), self.browser, self.system)))

    def is_honoured(self) -> bool:
        """Whether it was begun under the password that its user has now."""
        if self.user is None:
            return False
        begun_under = str(self.get_decoded().get(HASH_SESSION_KEY, ""))
        return constant_time_compare(begun_under, self.user.get_session_auth_hash())


class SessionStore(db.SessionStore):
    """Django's sessions in the database, with what the list of them shows.

    They end after `SESSION_COOKIE_AGE` at the latest, however much is kept in them meanwhile, and
    earlier where nothing is asked for `SESSION_IDLE_SECONDS`. What was ended cannot come back: a
    request that is still answered then looks for a row that is not there.
    """

    last_seen_at: datetime | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """The table."""
        return Session

    def _get_session_from_db(self) -> Session | None:
        """The row, if it still counts; remembers when it was last seen."""
        session: Session | None = super()._get_session_from_db()  # type: ignore[misc] # unknown to the stubs
        self.last_seen_at = session.last_seen_at if session else None
        return session

    def cycle_key(self) -> None:
        """A new key, as signing in and a new password bring; what follows is another session.

        SessionInterrupted where somebody is signed in whose session was ended meanwhile.
        """
        for name in NOTES:
            self.pop(name, None)
        row = Session.objects.filter(pk=self.session_key)
        if SESSION_KEY in self and not row.delete()[0]:
            raise SessionInterrupted("The session was ended before the request was answered.")
        super().cycle_key()

    def _validate_session_key(self, key: str) -> bool:
        # A browser may show anything, also what no database can be asked for.
        return super()._validate_session_key(key) and key.isascii() and key.isalnum()  # type: ignore[misc] # unknown to the stubs

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row as it is to be; being saved, the session has just been seen."""
        session = super().create_model_instance(data)
        assert isinstance(session, Session)
        session.last_seen_at = timezone.now()
        if SESSION_KEY in data:
            session.user_id = User._meta.pk.to_python(data[SESSION_KEY])
            self._note(data, session.last_seen_at)
            session.session_data = self.encode(data)
        session.handle = UUID(data["handle"]) if "handle" in data else uuid4()
        session.signed_in_at = _moment(data.get("signed_in_at"), session.last_seen_at)
        session.browser = data.get("browser", "")
        session.system = data.get("system", "")
        session.expire_date = ends(session.signed_in_at, session.last_seen_at)
        return session

    def _note(self, data: dict[str, Any], now: datetime) -> None:
        """Notes the beginning, at the first saving after somebody has signed in."""
        data.setdefault("handle", str(uuid4()))
        data.setdefault("signed_in_at", now.isoformat())

    def get_expiry_age(self, **given: Any) -> int:
        """How many seconds the browser is to keep the key: what is left of the longest time."""
        now = timezone.now()
        left = _moment(self.get("signed_in_at"), now) + _longest() - now
        return max(0, int(left.total_seconds()))

    def describe(self, browser: str, system: str) -> None:
        """Notes by what browser it is used, where that is not noted yet; clears away what ran out."""
        if "browser" not in self:
            self["browser"], self["system"] = browser[:NAMED], system[:NAMED]
            Session.objects.filter(expire_date__lt=timezone.now() - KEPT).delete()

    def seen(self) -> None:
        """Notes that it was used, at most once a minute; one statement, which brings back nothing ended."""
        now = timezone.now()
        # Where the idle time is short, so that whoever is busy stays signed in.
        every = min(NOTED_EVERY, timedelta(seconds=settings.SESSION_IDLE_SECONDS / 4))
        if self.last_seen_at and self.last_seen_at <= now - every:
            row = Session.objects.filter(pk=self.session_key, last_seen_at__lt=now)
            until = ends(_moment(self.get("signed_in_at"), now), now)
            # Where somebody else writes for long, nobody is kept from reading for want of this note.
            with suppress(OperationalError):
                row.update(last_seen_at=now, expire_date=until)

    def why_over(self, key: str) -> str:
        """Why the session of that key is over: `idle`, `longest`, or `ended`."""
        known = Session.objects.filter(user__isnull=False)
        over = known.filter(pk=key).first() if self._validate_session_key(key) else None
        if over is None or over.expire_date > timezone.now() or not over.is_honoured():
            return "ended"
        return "longest" if over.expire_date >= over.signed_in_at + _longest() else "idle"


def ends(signed_in_at: datetime, last_seen_at: datetime) -> datetime:
    """When a session ends in which nothing more is asked."""
    idle = timedelta(seconds=settings.SESSION_IDLE_SECONDS)
    return min(last_seen_at + idle, signed_in_at + _longest())


def _longest() -> timedelta:
    return timedelta(seconds=settings.SESSION_COOKIE_AGE)


def _moment(noted: str | None, otherwise: datetime) -> datetime:
    """When the session began, as its data note it."""
    return datetime.fromisoformat(noted) if noted else otherwise
