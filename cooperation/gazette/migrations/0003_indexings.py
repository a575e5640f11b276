"""The head counts how often the register was indexed anew; the triggers are put in place as they are now."""

from django.db import migrations, models

from cooperation.gazette import triggers


def install_triggers(apps, schema_editor):
    triggers.install(schema_editor.connection)


def remove_triggers(apps, schema_editor):
    triggers.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("gazette", "0002_walls")]

    operations = [
        # SQLite makes the table anew, and renames it only while no trigger names what is not there yet.
        migrations.RunPython(remove_triggers, install_triggers),
        migrations.AddField(
            model_name="head",
            name="indexings",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.RunPython(install_triggers, remove_triggers),
    ]
