"""Fills the tables of what is due and of money from the documents that are public already."""

import json

from django.db import migrations

from cooperation.gazette.occasions import dated, figures
from cooperation.gazette.upgrades import upgraded

BATCH = 500


def fill(apps, schema_editor):
    current = apps.get_model("gazette", "Current")
    occasion = apps.get_model("gazette", "Occasion")
    figure = apps.get_model("gazette", "Figure")
    for row in current.objects.order_by("pk").iterator(BATCH):
        document = upgraded(json.loads(row.document))
        occasion.objects.bulk_create(
            occasion(current=row, **one.fields()) for one in dated(document)
        )
        figure.objects.bulk_create(
            figure(current=row, **one._asdict()) for one in figures(document)
        )


class Migration(migrations.Migration):
    dependencies = [("gazette", "0005_occasions")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
