import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { dagsterPython, needsPython } from "./reference.ts";

const python = (await dagsterPython()) ?? "";

describe.skipIf(python === "")(`${needsPython} the files of the worker of runs`, () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "dagster-sigma-run-files-"));
  });

  /** Runs Python code with the modules of the worker, and the folder as `folder`; returns what it prints as JSON. */
  const run = (code: string): unknown => {
    const head =
      "import json, os, sys\nfrom dagster_typescript.worker import recovery, run_files\nfolder = sys.argv[1]\n";
    const printed = execFileSync(python, ["-W", "ignore", "-c", head + code, folder], {
      encoding: "utf8",
      env: {
        ...process.env,
        PYTHONPATH: join(import.meta.dirname, "..", "..", "packages", "dagster-typescript"),
      },
    });
    return JSON.parse(printed);
  };

  it("keeps the reference to a storage only if it contains no secret, readable only by its owner", () => {
    const secretConfigs = [
      "postgres_db:\n  username: u\n  password: hunter2\n  hostname: h\n  db_name: d",
      "postgres_url: postgresql://user:hunter2@host/db",
      "postgres_url: postgresql://user@host/db",
      "url: mysql+mysqlconnector://u:hunter2@h/d",
      "env_vars:\n- TOKEN=hunter2",
      "run_k8s_config:\n  env:\n  - name: ANY\n    value: hunter2",
      "access_key: hunter2",
      "params:\n  sslpassword: hunter2",
    ];
    const plainConfigs = [
      "base_dir: /home/dagster/storage",
      "postgres_db:\n  username: u\n  password:\n    env: PG_PASSWORD\n  hostname: h\n  db_name: d",
      "postgres_url:\n  env: PG_URL",
      "env_vars:\n- TOKEN",
    ];
    const kept = run(`
answers = []
for config in json.loads(${JSON.stringify(JSON.stringify([...secretConfigs, ...plainConfigs]))}):
    ref = {"__class__": "InstanceRef", "storage_data": {"__class__": "ConfigurableClassData", "config_yaml": config}}
    answers.append([recovery.keep(folder, json.dumps({"instance_ref": ref})), recovery.kept(folder) is not None])
print(json.dumps(answers))`);
    expect(kept).toEqual([
      ...secretConfigs.map(() => [false, false]),
      ...plainConfigs.map(() => [true, true]),
    ]);
    expect(readdirSync(folder)).toEqual(["storage.json"]);
    expect(statSync(join(folder, "storage.json")).mode & 0o777).toBe(0o600);
  });

  it("finds the process of a run until it ends, although its worker is gone", () => {
    expect(
      run(`
ready, done = os.pipe(), os.pipe()
pid = os.fork()
if pid == 0:
    run_files.hold(folder, "run-1")
    if os.fork() == 0:
        # A child of the run that outlives it must not look like the run.
        os.read(done[0], 1)
        os._exit(0)
    os.write(ready[1], b"x")
    os.read(done[0], 1)
    os._exit(0)
os.read(ready[0], 1)
during = [run_files.holder(folder, "run-1") == pid, run_files.held(folder) == {"run-1": pid}]
os.kill(pid, 9)
os.waitpid(pid, 0)
after = [run_files.holder(folder, "run-1"), run_files.held(folder), run_files.holder(folder, "never")]
os.write(done[1], b"xx")
print(json.dumps([during, after]))`),
    ).toEqual([
      [true, true],
      [null, {}, null],
    ]);
  });

  it("refuses an id of a run that is a path, and follows no link", () => {
    writeFileSync(join(folder, "target"), "kept");
    symlinkSync(join(folder, "target"), join(folder, "linked.run"));
    expect(
      run(`
errors = []
for run_id in ["../outside", "a/b", "", "linked"]:
    try:
        run_files.hold(folder, run_id)
        errors.append(None)
    except (ValueError, OSError) as error:
        errors.append(type(error).__name__)
print(json.dumps([errors, open(os.path.join(folder, "target")).read()]))`),
    ).toEqual([["ValueError", "ValueError", "ValueError", "OSError"], "kept"]);
  });
});
