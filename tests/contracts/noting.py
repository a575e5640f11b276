"""What the desk notes beside a record, each text of it marked."""

from cooperation.desk.models import Apart, Import, Layout, Record, Submission

from .planting import Planter

ITS_OWN = ["kind", "record", "other", "version", "state"]


def note(planter: Planter, record: Record) -> None:
    """That it was handed in and sent back, told apart from another, and that tables were imported."""
    about = {"kind": record.kind, "record": record.pk}
    for made in (
        Submission(**about, version=1),
        Apart(**about, other=record.pk + 1),
        Layout(kind=record.kind),
        Import(kind=record.kind),
    ):
        planter.fill(made, leaving=ITS_OWN)
        made.save()
