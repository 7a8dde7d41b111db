import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { locationVariables } from "../../conformance/dist/index.js";
import { pythonAssets, typescriptAssets } from "./executable-assets.mjs";

const bin = fileURLToPath(new URL("../../packages/dagster-sigma/bin/dagster-sigma.js", import.meta.url));

/** The servers that are compared: ours, and Dagster's own with the same definitions. */
export const sides = {
  "serve --runs worker": {
    file: "definitions.ts",
    definitions: typescriptAssets,
    command: ({ python, file, port }) => [
      process.execPath,
      [bin, "serve", "-f", file, "--port", port, "--runs", "worker", "--python", python],
    ],
  },
  "dagster api grpc": {
    file: "definitions.py",
    definitions: pythonAssets,
    command: ({ python, file, port }) => [
      join(dirname(python), "dagster"),
      ["api", "grpc", "-f", file, "-p", port, "-h", "127.0.0.1"],
    ],
  },
};

/**
 * Starts a server with executable assets, and waits until it lists its repository.
 *
 * @param {{ python: string, side: string, assets: number, isReady: (port: number) => Promise<void> }} options
 */
export async function startSide({ python, side, assets, isReady }) {
  const { file: name, definitions, command } = sides[side];
  const folder = mkdtempSync(join(tmpdir(), "dagster-sigma-benchmark-"));
  const file = join(folder, name);
  writeFileSync(file, definitions(assets));
  const port = await freePort();
  const [program, args] = command({ python, file, port: String(port) });
  const begun = performance.now();
  const child = spawn(program, args, {
    env: {
      ...process.env,
      ...locationVariables({ baseUrl: "", clientId: "", clientSecret: "" }, { folder }),
      TMPDIR: folder,
    },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let written = "";
  child.stderr.on("data", (data) => {
    written = `${written}${data}`.slice(-4_000);
  });
  const ended = new Promise((_resolve, reject) =>
    child.once("exit", (code) => reject(new Error(`${side} ended with ${code}: ${written}`))),
  );
  // It also ends when it is closed.
  ended.catch(() => undefined);
  await Promise.race([isReady(port), ended]);
  const startS = (performance.now() - begun) / 1_000;
  return {
    port,
    startS,
    /** Resident memory of the server and its helper processes, in MiB. */
    memoryMiB: () => memoryOf(child.pid, folder),
    close: async () => {
      const ended = new Promise((resolve) => child.once("close", resolve));
      child.kill("SIGTERM");
      const force = setTimeout(() => child.kill("SIGKILL"), 5_000);
      await ended;
      clearTimeout(force);
    },
  };
}

/** Of a process, its children, and those that name its folder: workers are no children of it. */
function memoryOf(pid, folder) {
  const rows = execFileSync("ps", ["-eo", "pid=,ppid=,rss=,args="], { encoding: "utf8" })
    .trim()
    .split("\n")
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .filter((row) => row !== null);
  const mine = rows.filter(
    ([, own, parent, , args]) => Number(own) === pid || Number(parent) === pid || args.includes(folder),
  );
  return mine.reduce((sum, [, , , rss]) => sum + Number(rss) / 1_024, 0);
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
