import sys

from dagster_typescript.worker.preload import preload
from dagster_typescript.worker.run_worker import RunWorker

preload()
RunWorker(sys.argv[1]).serve()
