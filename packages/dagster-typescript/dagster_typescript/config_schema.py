"""Makes Dagster's config types from a JSON Schema, as `ConfigSchema` of the TypeScript package describes it."""

from collections.abc import Mapping
from typing import Any

import dagster as dg

_SCALARS = {"string": str, "integer": int, "number": float, "boolean": bool}


def config_field(schema: Mapping[str, Any], path: str) -> dg.Field:
    """Args:
    path: Name of the op; the names of enums, which must differ, begin with it.
    """
    return dg.Field(_type(schema, path), **_options(schema))


def _type(schema: Mapping[str, Any], path: str) -> Any:
    kind = schema["type"]
    if kind == "array":
        return dg.Array(_type(schema["items"], f"{path}_item") if "items" in schema else dg.Any)
    if kind == "object":
        required = schema.get("required", ())
        fields = {
            name: dg.Field(
                _type(item, f"{path}_{name}"), **_options(item, name in required and "default" not in item)
            )
            for name, item in schema.get("properties", {}).items()
        }
        return dg.Permissive(fields) if schema.get("additionalProperties") else dg.Shape(fields)
    if "enum" in schema:
        return dg.Enum(path, [dg.EnumValue(value) for value in schema["enum"]])
    return _SCALARS[kind]


def _options(schema: Mapping[str, Any], is_required: bool | None = None) -> dict[str, Any]:
    options = {"description": schema.get("description")}
    if "default" in schema:
        return {**options, "default_value": schema["default"]}
    return options if is_required is None else {**options, "is_required": is_required}
