"""The component type `dagster_typescript.SigmaComponent` of a `defs.yaml`: Sigma's documents as assets, loaded by Node."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import dagster as dg
from dagster.components.component.state_backed_component import StateBackedComponent
from dagster.components.core.defs_module import find_defs_or_component_yaml
from dagster.components.resolved.core_models import AssetSpecUpdateKwargs
from dagster.components.utils.defs_state import DefsStateConfig, DefsStateConfigArgs, ResolvedDefsStateConfig
from dagster_shared.record import record
from dagster_typescript.definitions import build_definitions
from dagster_typescript.document import node_command, parse_document, run_node

Attributes = AssetSpecUpdateKwargs.model()


class SigmaOrganizationModel(dg.Model):
    """A Sigma organization."""

    base_url: str
    client_id: str
    client_secret: str
    warn_on_lineage_fetch_error: bool | str = True


class SigmaFilterModel(dg.Model):
    """Which workbooks to load."""

    workbook_folders: list[list[str]] | str | None = None
    workbooks: list[list[str]] | str | None = None
    include_unused_datasets: bool | str = True


# Node evaluates the templates of a translation, once for each document.
_OfKind = Annotated[Any, dg.Resolver(lambda _context, model: model, model_field_type=Attributes)]


@record
class SigmaTranslation(AssetSpecUpdateKwargs, dg.Resolvable):
    for_workbook: _OfKind | None = None
    for_dataset: _OfKind | None = None
    for_data_model: _OfKind | None = None


def _base_url(context: dg.ResolutionContext, model: Any) -> str:
    return str(context.resolve_value(model.base_url))


def _unresolved(_context: dg.ResolutionContext, model: Any) -> None:
    return None


@dataclass
class SigmaComponent(StateBackedComponent, dg.Resolvable):
    """Represents the workbooks, data models and datasets of a Sigma organization as assets."""

    # Only the base URL is needed here: it names the state.
    organization: Annotated[str, dg.Resolver(_base_url, model_field_type=SigmaOrganizationModel)]
    sigma_filter: Annotated[None, dg.Resolver(_unresolved, model_field_type=SigmaFilterModel | None)] = None
    fetch_column_data: bool = True
    fetch_lineage_data: bool = True
    translation: Annotated[None, dg.Resolver(_unresolved, model_field_type=SigmaTranslation.model() | None)] = None
    defs_state: ResolvedDefsStateConfig = field(default_factory=DefsStateConfigArgs.local_filesystem)

    @classmethod
    def load(cls, attributes: Any, context: dg.ComponentLoadContext) -> "SigmaComponent":
        component = super().load(attributes, context)
        place = context.component_path
        component._file = find_defs_or_component_yaml(place.file_path) or place.file_path
        component._document = place.instance_key if isinstance(place.instance_key, int) else 0
        return component

    @property
    def defs_state_config(self) -> DefsStateConfig:
        # The default key is that of dagster_sigma.SigmaComponent.
        return DefsStateConfig.from_args(self.defs_state, default_key=f"{type(self).__name__}[{self.organization}]")

    def write_state_to_path(self, state_path: Path) -> None:
        self._run("snapshot", "-o", str(state_path), failure="The Sigma organization cannot be fetched.")

    def build_defs_from_state(self, context: dg.ComponentLoadContext, state_path: Path | None) -> dg.Definitions:
        if state_path is None:
            return dg.Definitions()
        args = ["export", "dagster-python", "--state", str(state_path), "--dagster-version", dg.__version__]
        text = self._run(*args, failure="The definitions cannot be loaded.")
        return build_definitions(parse_document(text, self._file), None, None)

    def _run(self, *args: str, failure: str) -> str:
        command = [*node_command(self._file), *args, "-f", str(self._file), "--document", str(self._document)]
        return run_node(command, self._file, failure)
