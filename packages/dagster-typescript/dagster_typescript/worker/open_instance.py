import dagster as dg


def open_instance(args: str) -> dg.DagsterInstance:
    """Opens Dagster's storage.

    Args:
        args: Argument of `dagster api execute_run` or `resume_run`, which names it.
    """
    ref = dg.deserialize_value(args).instance_ref
    return dg.DagsterInstance.from_ref(ref) if ref else dg.DagsterInstance.get()
