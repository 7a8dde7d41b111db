"""Starts one process per run, for `dagster-sigma serve`: `python -m dagster_typescript.worker SOCKET`."""
