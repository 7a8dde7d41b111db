import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { endOfRun, launchAssets } from "../dagster/dagster-runs.ts";
import { type RunningDagster, startDagster, withoutQueue } from "../dagster/start-dagster.ts";
import { conformanceFolder } from "../python/conformance-folder.ts";
import { runKinds } from "../runs/run-kinds.ts";
import { installImage } from "./install-image.ts";
import { readDockerfile } from "./read-dockerfile.ts";

const dockerfile = join(dirname(conformanceFolder), "examples", "with-dagster", "Dockerfile");

/**
 * Executes the Dockerfile of the example in a folder, starts its command, and runs an asset: by the server's own worker, and by the commands of
 * Dagster's launchers.
 *
 * @param python interpreter of an environment with the real web server
 * @returns what is not as expected
 */
export async function runImage(python: string, print: (text: string) => void): Promise<readonly string[]> {
  const image = readDockerfile(readFileSync(dockerfile, "utf8"));
  const { app, env, commands } = await installImage(image);
  writeFileSync(join(app, "definitions.ts"), runKinds());
  print("\nThe Dockerfile of examples/with-dagster, executed in a folder\n");
  print("| command | |\n|---|---|");
  for (const [command, result] of commands) print(`| \`${command.replaceAll("|", "\\|")}\` | ${result} |`);
  const [program = "", ...args] = image.command.map((word) => (word === "0.0.0.0" ? "127.0.0.1" : word));
  const served = spawn(program, [...args, "--port", "0", "--json"], {
    cwd: app,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let written = "";
  served.stderr.on("data", (data: Buffer) => {
    written += data.toString();
  });
  const problems: string[] = [];
  try {
    const [line] = (await once(createInterface(served.stdout), "line")) as [string];
    while (!written.includes("assets loaded")) await sleep(50);
    const config = JSON.stringify({ image_env: env });
    const dagster = await startDagster({
      python,
      locations: [{ name: "typescript", port: (JSON.parse(line) as { readonly port: number }).port }],
      dagsterYaml: `${withoutQueue}run_launcher:\n  module: container_launcher\n  class: ContainerLauncher\n  config: ${config}\n`,
      env: { PYTHONPATH: join(conformanceFolder, "python") },
    });
    try {
      for (const launcher of ["", "docker", "k8s", "ecs"]) {
        const { status, seconds } = await runOne(dagster, launcher);
        print(
          `| a run by ${launcher === "" ? "the server" : `the command for ${launcher}`} | ${status}, ${seconds} s |`,
        );
        if (status !== "SUCCESS") problems.push(`image: ${launcher}: ${status} ${dagster.log()}`);
      }
    } finally {
      await dagster.close();
    }
  } finally {
    served.kill("SIGTERM");
  }
  return problems;
}

async function runOne(
  dagster: RunningDagster,
  launcher: string,
): Promise<{ readonly status: string; readonly seconds: string }> {
  const begun = performance.now();
  const tags = launcher === "" ? {} : { launcher };
  const runId = await launchAssets(dagster, { location: "typescript", assets: [["quick"]], tags });
  const status = await endOfRun(dagster, runId);
  return { status, seconds: ((performance.now() - begun) / 1_000).toFixed(1) };
}
