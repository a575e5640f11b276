"""The tables of the desk: each word is defined, each field and choice has a sentence."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.core.management import call_command

import cooperation.desk
from cooperation.catalogue import KINDS
from cooperation.desk.models import Citation, Part, Record
from cooperation.gazette.shapes import part_lists, shape, vocabularies
from cooperation.gazette.shapes.types import Money

DESK = Path(cooperation.desk.__file__).parent
MODELS = [
    model
    for model in apps.get_app_config("desk").get_models()
    if not hasattr(model, "history_date")
]
COLUMNS = {"from": "valid_from", "until": "valid_until"}
# What writes past the models: emptying the history of what a court has ordered away; noting when
# a session was last seen, which no history tells; and the log of who ended whose session.
MAY_WRITE_IN_BULK = {
    "editing.py",
    "models/sessions.py",
    "admin/sessions.py",
    # Notes beside records, which have no history.
    "needs.py",
    "submitting.py",
    "merging/following.py",
    "imports/steps.py",
    "admin/upload_columns.py",
    # What is tried out and undone.
    "admin/merge_previews.py",
}
BULK = {"update", "bulk_create", "bulk_update", "update_or_create", "raw", "_raw_delete"}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_the_docstring_of_a_model_is_one_sentence_that_defines_it(model):
    definition = (model.__doc__ or "").strip()
    assert definition.endswith(".")
    assert "\n" not in definition
    assert not definition.startswith(f"{model.__name__}(")


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_field_has_a_label_and_a_sentence(model):
    for field in model._meta.concrete_fields:
        if field.name in ("id", "record"):
            continue
        assert str(field.verbose_name), field.name
        assert str(field.help_text).endswith("."), field.name


@pytest.mark.parametrize("name", sorted(vocabularies()))
def test_every_choice_has_a_label_and_a_sentence(name):
    vocabulary = vocabularies()[name]
    assert vocabulary.codes
    for code in vocabulary.codes:
        assert vocabulary.label(code, "en")
        assert vocabulary.sentence(code).endswith(".")


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_rule_of_a_table_says_how_to_mend_what_breaks_it(model):
    for constraint in model._meta.constraints:
        assert str(constraint.violation_error_message).endswith("."), constraint.name
        assert "Constraint" not in str(constraint.violation_error_message)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_kinds_model_has_what_its_shape_declares(kind):
    model = apps.get_model("desk", kind)
    assert issubclass(model, Record)
    assert issubclass(model.citations.rel.related_model, Citation)
    for name, member in shape(kind).members.items():
        assert member.derived or hasattr(model, COLUMNS.get(name, name)), name
    for name, listed in part_lists(kind).items():
        part = getattr(model, name).rel.related_model
        assert issubclass(part, Part)
        for inside, member in listed.members.items():
            assert member.derived or hasattr(part, COLUMNS.get(inside, inside)), (name, inside)
            assert not isinstance(member, Money) or hasattr(part, "currency"), (name, inside)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_each_kind_has_a_right_to_publish_of_its_own(kind):
    assert Permission.objects.filter(
        content_type__app_label="desk", codename=f"publish_{kind}"
    ).exists()


@pytest.mark.django_db
def test_a_better_sentence_is_no_migration():
    call_command("makemigrations", "desk", check=True, dry_run=True, verbosity=0)
    written = (DESK / "migrations" / "0001_records.py").read_text()
    assert "Where it has its seat" not in written
    assert "Unified Social Credit Code" not in written


def bulk_writes(code):
    """The lines on which a method is called that writes past a model's own save, and so past the history."""
    for node in ast.walk(ast.parse(code)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        on_rows = "objects" in ast.unparse(node.func.value) or "filter(" in ast.unparse(node.func)
        by_name = node.func.attr in BULK - {"update"}
        if by_name or (node.func.attr == "update" and (on_rows or node.keywords)):
            yield node.lineno


def test_nothing_at_the_desk_writes_past_the_history():
    found = {
        str(path.relative_to(DESK)): lines
        for path in DESK.rglob("*.py")
        if "migrations" not in path.parts and (lines := list(bulk_writes(path.read_text())))
    }
    assert set(found) == MAY_WRITE_IN_BULK


@pytest.mark.parametrize(
    "code",
    [
        "Organization.objects.update(title_en='x')",
        "rows.filter(pk=1).update(**values)",
        "Organization.objects.bulk_create(rows)",
        "rows.update(title_en='x')",
    ],
)
def test_the_search_for_bulk_writes_finds_them(code):
    assert list(bulk_writes(code)) == [1]
