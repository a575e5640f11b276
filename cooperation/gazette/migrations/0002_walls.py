"""The head's one row, the triggers that keep the register append-only, and bytewise words."""

from django.db import migrations

from cooperation.gazette import triggers


def make_head(apps, schema_editor):
    apps.get_model("gazette", "Head").objects.using(schema_editor.connection.alias).get_or_create(
        pk=1
    )


def compare_words_bytewise(apps, schema_editor):
    """A word stands for all that begin with it as a range, which needs the order of bytes."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            'ALTER TABLE gazette_word ALTER COLUMN word TYPE varchar(40) COLLATE "C"'
        )


def install_triggers(apps, schema_editor):
    triggers.install(schema_editor.connection)


def remove_triggers(apps, schema_editor):
    triggers.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("gazette", "0001_register")]

    operations = [
        migrations.RunPython(make_head, migrations.RunPython.noop),
        migrations.RunPython(compare_words_bytewise, migrations.RunPython.noop),
        migrations.RunPython(install_triggers, remove_triggers),
    ]
