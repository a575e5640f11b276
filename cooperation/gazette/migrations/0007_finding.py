"""What lists are narrowed by beside facets: the amount of a record, and when and of what an edition is."""

import json

from django.db import migrations, models

from cooperation.catalogue import KINDS
from cooperation.gazette.indexing import own_amount
from cooperation.gazette.upgrades import upgraded

BATCH = 500


def fill(apps, schema_editor):
    current = apps.get_model("gazette", "Current")
    kinds = [kind.name for kind in KINDS.values() if kind.amount]
    for row in current.objects.filter(kind__in=kinds).order_by("pk").iterator(BATCH):
        amount = own_amount(upgraded(json.loads(row.document)))
        if amount:
            row.amount_currency, row.sort_amount = amount
            row.save(update_fields=["amount_currency", "sort_amount"])


class Migration(migrations.Migration):
    dependencies = [
        ("gazette", "0006_occasions_of_what_is_public"),
    ]

    operations = [
        migrations.AddField(
            model_name="current",
            name="amount_currency",
            field=models.CharField(max_length=3, null=True),
        ),
        migrations.AddField(
            model_name="current",
            name="sort_amount",
            field=models.BinaryField(max_length=39, null=True),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="current",
            index=models.Index(
                fields=["kind", "amount_currency", "sort_amount", "edition"],
                name="gazette_current_amount",
            ),
        ),
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(fields=["kind", "number"], name="gazette_edition_of_kind"),
        ),
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(fields=["published_at", "number"], name="gazette_edition_of_time"),
        ),
    ]
