"""Executes the steps of a run in forks of its process, several at once.

The base classes are those of Dagster's own integrations (dagster-k8s, dagster-celery); they are not part of its public API.
"""

import os
import signal
import sys
from collections.abc import Iterator
from typing import Any

import dagster as dg
from dagster._core.execution.retries import RetryMode
from dagster._core.executor.base import Executor
from dagster._core.executor.in_process import InProcessExecutor
from dagster._core.executor.step_delegating import CheckStepHealthResult, StepDelegatingExecutor, StepHandler
from dagster_typescript.worker.print_error import print_error


class _ForkSteps(StepHandler):
    def __init__(self) -> None:
        self._pids: dict[str, int] = {}
        # Exit codes of steps that are known to have ended, by process id.
        self._codes: dict[int, int] = {}

    @property
    def name(self) -> str:
        return "ForkSteps"

    def launch_step(self, step_handler_context: Any) -> Iterator[Any]:
        sys.stderr.flush()
        pid = os.fork()
        if pid == 0:
            _execute_step(step_handler_context)
        self._pids[_step(step_handler_context)] = pid
        yield from ()

    def check_step_health(self, step_handler_context: Any) -> CheckStepHealthResult:
        pid = self._pids[_step(step_handler_context)]
        if (code := self._codes.get(pid)) is None:
            # The next check decides: the events of a process that has just ended may not have been read yet.
            self._collect(pid)
            return CheckStepHealthResult.healthy()
        how = f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
        return CheckStepHealthResult.unhealthy(f"The process of the step (pid {pid}) ended unexpectedly: {how}.")

    def terminate_step(self, step_handler_context: Any) -> Iterator[Any]:
        self._interrupt(self._pids[_step(step_handler_context)])
        yield from ()

    def interrupt_all(self) -> None:
        for pid in self._pids.values():
            self._interrupt(pid)

    def _collect(self, pid: int) -> None:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            self._codes[pid] = os.waitstatus_to_exitcode(status)

    def _interrupt(self, pid: int) -> None:
        # The id of a process that was collected may belong to another one.
        if pid not in self._codes:
            os.kill(pid, signal.SIGINT)


class _ForkedExecutor(Executor):
    def __init__(self, max_concurrent: int):
        self._max_concurrent = max_concurrent

    @property
    def retries(self) -> RetryMode:
        return RetryMode.ENABLED

    def execute(self, plan_context: Any, execution_plan: Any) -> Iterator[Any]:
        if len(execution_plan.step_keys_to_execute) == 1:
            # A fork would only take time.
            yield from InProcessExecutor(retries=RetryMode.ENABLED).execute(plan_context, execution_plan)
            return
        steps = _ForkSteps()
        executor = StepDelegatingExecutor(
            steps,
            retries=RetryMode.ENABLED,
            sleep_seconds=0.1,
            check_step_health_interval_seconds=1,
            max_concurrent=self._max_concurrent,
            should_verify_step=False,
        )
        try:
            yield from executor.execute(plan_context, execution_plan)
        except BaseException:
            # Dagster's executor does so, too, but only after it has written an event: the storage may be what is away.
            steps.interrupt_all()
            raise


def forked_executor(max_concurrent: int) -> dg.ExecutorDefinition:
    """An executor that executes up to `max_concurrent` steps at once."""

    @dg.executor(name="forked", requirements=dg.multiple_process_executor_requirements())
    def forked(_context: dg.InitExecutorContext) -> Executor:
        return _ForkedExecutor(max_concurrent)

    return forked


def _step(context: Any) -> str:
    return context.execute_step_args.step_keys_to_execute[0]


def _execute_step(context: Any) -> None:
    """In the fork. Never returns."""
    from dagster._cli.api import execute_step_command

    code = 1
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        command = list(context.execute_step_args.get_command_args())
        # Its arguments name Dagster's storage: not in the environment, which Node would inherit.
        execute_step_command.main(args=command[command.index("execute_step") + 1 :], standalone_mode=False)
        code = 0
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else 1
    except BaseException:
        print_error()
    finally:
        os._exit(code)
