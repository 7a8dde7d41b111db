"""Keeps the reference to Dagster's storage, so that a worker that starts later can report runs that were lost meanwhile.

The file is readable only by its owner, and is not written if the reference contains a secret as text: Dagster's `env:` keeps
secrets out of it.
"""

import json
import os
import re
from contextlib import suppress
from typing import Any

import yaml

_FILE = "storage.json"

_SECRET_NAME = re.compile(r"pass|pwd|secret|token|credential|private|signature|dsn|conn_?str|connection_string|_key$|^key$", re.I)
_URL_WITH_PASSWORD = re.compile(r"://[^/\s]*@|(?:password|pwd)=", re.I)


def keep(folder: str, args: str) -> bool:
    """Whether the arguments of a run were kept: they contain no secret."""
    path = os.path.join(folder, _FILE)
    if _has_secret(json.loads(args).get("instance_ref")):
        with suppress(OSError):
            os.unlink(path)
        return False
    temporary = f"{path}.{os.getpid()}"
    with open(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW, 0o600), "w") as file:
        file.write(args)
    os.replace(temporary, path)
    return True


def kept(folder: str) -> str | None:
    """The arguments of the latest run."""
    try:
        with open(os.open(os.path.join(folder, _FILE), os.O_RDONLY | os.O_NOFOLLOW)) as file:
            return file.read()
    except OSError:
        return None


def forget(folder: str) -> None:
    with suppress(OSError):
        os.unlink(os.path.join(folder, _FILE))


def _has_secret(value: Any, name: str = "") -> bool:
    if isinstance(value, dict):
        if set(value) == {"env"} and isinstance(value["env"], str):
            return False
        # An environment variable of a container, as Kubernetes and ECS write it.
        own = "value" if "name" in value else None
        return any(_has_secret(item, "secret" if key == own else str(key)) for key, item in value.items())
    if isinstance(value, list):
        return any(_has_secret(item, name) for item in value)
    if not isinstance(value, str):
        return False
    if name == "config_yaml":
        return _has_secret(yaml.safe_load(value))
    is_variable_with_value = name == "env_vars" and "=" in value
    return bool(value) and (is_variable_with_value or bool(_SECRET_NAME.search(name) or _URL_WITH_PASSWORD.search(value)))
