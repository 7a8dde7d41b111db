"""Hides Dagster's warnings about its own API, which this package calls on behalf of the user."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import dagster as dg

# Dagster 1.9 has the first one, later versions the others.
_CATEGORIES = [
    getattr(dg, name) for name in ("ExperimentalWarning", "PreviewWarning", "BetaWarning") if hasattr(dg, name)
]


@contextmanager
def without_api_warnings() -> Iterator[None]:
    """Dagster would print one for each asset, and filters that turn warnings into errors would fail the load."""
    with warnings.catch_warnings():
        for category in _CATEGORIES:
            warnings.simplefilter("ignore", category)
        yield
