"""The tables of the gazette."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("published", "Published"),
                            ("refreshed", "Refreshed"),
                            ("withdrawn", "Withdrawn"),
                            ("merged", "Merged"),
                            ("redacted", "Redacted"),
                        ],
                        max_length=9,
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("key", models.CharField(max_length=80)),
                ("published_at", models.DateTimeField()),
                ("hash", models.CharField(max_length=71, null=True)),
                ("reason", models.TextField()),
                ("office", models.TextField()),
                ("successor", models.CharField(max_length=80, null=True)),
                ("previous", models.CharField(max_length=71, null=True)),
                ("chain", models.CharField(max_length=71)),
                ("schema", models.CharField(max_length=30, null=True)),
                ("document", models.TextField(null=True)),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="Facet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=20)),
                ("value", models.CharField(max_length=80)),
            ],
        ),
        migrations.CreateModel(
            name="Head",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.BigIntegerField(default=0)),
                ("at", models.DateTimeField(null=True)),
                ("chain", models.CharField(default="", max_length=71)),
            ],
        ),
        migrations.CreateModel(
            name="Reference",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("path", models.CharField(max_length=200)),
                ("to_kind", models.CharField(max_length=20)),
                ("to_key", models.CharField(max_length=80)),
            ],
        ),
        migrations.CreateModel(
            name="Word",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", models.CharField(max_length=40)),
                ("kind", models.CharField(max_length=20)),
                ("weight", models.SmallIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Current",
            fields=[
                (
                    "edition",
                    models.OneToOneField(
                        db_column="number",
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        serialize=False,
                        to="gazette.edition",
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("key", models.CharField(max_length=80)),
                ("document", models.TextField()),
                ("header", models.TextField()),
                ("sort_title_en", models.BinaryField(max_length=120)),
                ("sort_title_ko", models.BinaryField(max_length=120)),
                ("sort_title_zh_hans", models.BinaryField(max_length=120)),
                ("sort_date", models.BinaryField(max_length=24)),
                ("date_first", models.DateField(null=True)),
                ("date_last", models.DateField(null=True)),
            ],
        ),
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(fields=["kind", "key", "number"], name="gazette_edition_of_record"),
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)), name="gazette_counts_from_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="head",
            constraint=models.CheckConstraint(
                condition=models.Q(("pk", 1)), name="gazette_has_one_head"
            ),
        ),
        migrations.AddField(
            model_name="word",
            name="current",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="words",
                to="gazette.current",
            ),
        ),
        migrations.AddField(
            model_name="reference",
            name="current",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="references",
                to="gazette.current",
            ),
        ),
        migrations.AddField(
            model_name="facet",
            name="current",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="facets",
                to="gazette.current",
            ),
        ),
        migrations.AddIndex(
            model_name="current",
            index=models.Index(fields=["kind", "edition"], name="gazette_current_updated"),
        ),
        migrations.AddIndex(
            model_name="current",
            index=models.Index(
                fields=["kind", "sort_date", "edition"], name="gazette_current_date"
            ),
        ),
        migrations.AddIndex(
            model_name="current",
            index=models.Index(
                fields=["kind", "sort_title_en", "edition"], name="gazette_current_title_en"
            ),
        ),
        migrations.AddIndex(
            model_name="current",
            index=models.Index(
                fields=["kind", "sort_title_ko", "edition"], name="gazette_current_title_ko"
            ),
        ),
        migrations.AddIndex(
            model_name="current",
            index=models.Index(
                fields=["kind", "sort_title_zh_hans", "edition"], name="gazette_current_title_zh"
            ),
        ),
        migrations.AddConstraint(
            model_name="current",
            constraint=models.UniqueConstraint(
                fields=("kind", "key"), name="gazette_one_current_document"
            ),
        ),
        migrations.AddIndex(
            model_name="word",
            index=models.Index(
                fields=["word", "weight", "current"], name="gazette_word_everywhere"
            ),
        ),
        migrations.AddConstraint(
            model_name="word",
            constraint=models.UniqueConstraint(
                fields=("word", "kind", "current"), name="gazette_word_once"
            ),
        ),
        migrations.AddIndex(
            model_name="reference",
            index=models.Index(
                fields=["to_kind", "to_key", "current"], name="gazette_reference_to"
            ),
        ),
        migrations.AddIndex(
            model_name="facet",
            index=models.Index(
                fields=["current", "name", "value"], name="gazette_facet_of_current"
            ),
        ),
        migrations.AddConstraint(
            model_name="facet",
            constraint=models.UniqueConstraint(
                fields=("kind", "name", "value", "current"), name="gazette_facet_once"
            ),
        ),
    ]
