"""The groups of the desk, which are there as soon as its tables are."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

from cooperation.desk.management.roles import set_up_roles


def set_up(apps, schema_editor):
    # Django makes permissions only after the last migration; those of the desk are needed here.
    desk = apps.get_app_config("desk")
    desk.models_module = True
    create_permissions(desk, verbosity=0, apps=apps, using=schema_editor.connection.alias)
    desk.models_module = None
    set_up_roles(apps.get_model("auth", "Group"), apps.get_model("auth", "Permission"))


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0009_the_editors_day"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(set_up, migrations.RunPython.noop)]
