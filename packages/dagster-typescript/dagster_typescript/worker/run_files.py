"""A locked file for each run process. The lock ends with the process, so that any worker finds runs whose worker was killed."""

import fcntl
import os
import re
from contextlib import suppress
from pathlib import Path

# Run ids come from a request.
_RUN_ID = re.compile(r"[\w-]{1,200}")

# Open as long as this process runs.
_held: list[int] = []


def hold(folder: str, run_id: str) -> None:
    """Locks the file of a run for this process. The lock is not inherited by child processes."""
    fd = os.open(_path(folder, run_id), os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW, 0o600)
    fcntl.lockf(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.ftruncate(fd, 0)
    os.write(fd, str(os.getpid()).encode())
    _held.append(fd)


def holder(folder: str, run_id: str) -> int | None:
    """Process id of a run; None if it has no process."""
    try:
        fd = os.open(_path(folder, run_id), os.O_RDWR | os.O_NOFOLLOW)
    except OSError:
        return None
    try:
        fcntl.lockf(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return None
    except OSError:
        return int(os.read(fd, 20) or b"0")
    finally:
        os.close(fd)


def held(folder: str) -> dict[str, int]:
    """Process ids of all runs that have a process."""
    holders = {path.stem: holder(folder, path.stem) for path in Path(folder).glob("*.run")}
    return {run_id: pid for run_id, pid in holders.items() if pid}


def remove(folder: str, run_id: str) -> None:
    with suppress(OSError):
        os.unlink(_path(folder, run_id))


def _path(folder: str, run_id: str) -> str:
    if not _RUN_ID.fullmatch(run_id):
        raise ValueError(f"{run_id!r} is not the id of a run.")
    return os.path.join(folder, f"{run_id}.run")
