"""An operation for migrations that make many tables which refer to one another."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class CreateModels(Operation):
    """The models of several `CreateModel`, drawn once.

    Django draws whatever is connected with a model anew each time one is added, which is what
    takes the time where all are connected: an empty database is ready in half of it this way.
    """

    def __init__(self, *operations: CreateModel) -> None:
        self.operations = operations

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        """The operation, as Django writes it down."""
        return type(self).__name__, self.operations, {}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Adds the models; all are drawn when the first table is made."""
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Makes the tables in their order."""
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Drops the tables, the last one first."""
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """What is said of it while migrating."""
        return f"Create {len(self.operations)} models"


def together(operations: Iterable[Operation]) -> list[Operation]:
    """The operations, with models that are created one after the other created at once."""
    grouped: list[Operation] = []
    for is_new, some in groupby(operations, lambda one: isinstance(one, CreateModel)):
        run = list(some)
        grouped += [CreateModels(*run)] if is_new else run
    return grouped
