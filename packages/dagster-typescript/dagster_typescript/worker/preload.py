from contextlib import suppress


def preload() -> None:
    """Imports what each run would import otherwise."""
    import dagster._cli.api  # noqa: F401
    import dagster._core.execution.api  # noqa: F401
    import dagster._core.executor.step_delegating  # noqa: F401
    import dagster._core.launcher.default_run_launcher  # noqa: F401
    import dagster._core.run_coordinator  # noqa: F401
    import dagster._core.storage.fs_io_manager  # noqa: F401
    import dagster._core.storage.local_compute_log_manager  # noqa: F401
    import dagster._core.storage.sqlite_storage  # noqa: F401
    import fsspec.implementations.local  # noqa: F401
    import sqlalchemy.dialects.sqlite  # noqa: F401
    import upath.implementations.local  # noqa: F401

    with suppress(ImportError):
        import dagster_postgres  # noqa: F401
