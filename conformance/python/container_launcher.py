"""A launcher that runs the commands of Dagster's launchers for Docker, Kubernetes and ECS as processes instead of containers.

The tag `launcher` of a run chooses one of them; without it, the code location starts the run. A process has the environment of a container only: `image_env` of the configuration,
which stands for the image and the settings of the launcher, and what the launcher itself adds. Exit codes are in the tag `exit_code`.
"""

import os
import signal
import subprocess
import threading

from dagster._core.launcher.base import LaunchRunContext
from dagster._core.launcher.default_run_launcher import DefaultRunLauncher
from dagster._core.storage.dagster_run import DagsterRun
from dagster._grpc.types import ExecuteRunArgs
from dagster._serdes import ConfigurableClass


class ContainerLauncher(DefaultRunLauncher, ConfigurableClass):
    def __init__(self, image_env, inst_data=None):
        super().__init__(inst_data=inst_data)
        self._image_env = image_env
        self._processes = {}

    @classmethod
    def config_type(cls):
        return {"image_env": dict}

    @classmethod
    def from_config_value(cls, inst_data, config_value):
        return cls(inst_data=inst_data, **config_value)

    def launch_run(self, context: LaunchRunContext) -> None:
        run = context.dagster_run
        if "launcher" not in run.tags:
            super().launch_run(context)
            return
        origin, launcher = run.job_code_origin, run.tags["launcher"]
        repository = origin.repository_origin
        env = {**self._image_env, "DAGSTER_RUN_JOB_NAME": run.job_name}
        if launcher == "k8s":
            env["DAGSTER_HOME"] = os.environ["DAGSTER_HOME"]
        if launcher == "ecs":
            # It does so because overrides have at most 8,192 characters.
            origin = origin._replace(repository_origin=repository._replace(container_context={}))
        command = ExecuteRunArgs(
            job_origin=origin,
            run_id=run.run_id,
            instance_ref=self._instance.get_ref(),
            set_exit_code_on_failure=launcher == "k8s",
        ).get_command_args()
        self._instance.add_run_tags(
            run.run_id,
            {
                "image": repository.container_image or "",
                "context": ",".join(repository.container_context or ()),
                "characters": str(sum(len(word) for word in command)),
            },
        )
        # Like a container, it is found by its PATH.
        process = subprocess.Popen(
            ["/usr/bin/env", "-i", *(f"{name}={value}" for name, value in env.items()), *command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            cwd=self._image_env["HOME"],
        )
        self._processes[run.run_id] = process
        threading.Thread(target=self._wait, args=(run, process), daemon=True).start()

    def _wait(self, run: DagsterRun, process: subprocess.Popen) -> None:
        self._instance.add_run_tags(run.run_id, {"exit_code": str(process.wait())})

    def terminate(self, run_id: str) -> bool:
        run = self._instance.get_run_by_id(run_id)
        if run_id not in self._processes:
            return super().terminate(run_id)
        self._instance.report_run_canceling(run)
        self._processes[run_id].send_signal(signal.SIGTERM)
        return True
