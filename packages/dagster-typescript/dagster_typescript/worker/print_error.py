import sys
import traceback
from contextlib import suppress


def print_error() -> None:
    """Prints the current exception to the log of the worker."""
    with suppress(OSError):
        traceback.print_exc()
        sys.stderr.flush()
