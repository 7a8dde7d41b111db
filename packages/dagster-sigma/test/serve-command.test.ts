import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { bin, runCommand } from "./run-command.ts";

function definitionsFile(): string {
  const file = join(mkdtempSync(join(tmpdir(), "dagster-sigma-serve-")), "definitions.ts");
  const text = `import { AssetSpec, Definitions } from "dagster-sigma";
export default new Definitions({ assets: [new AssetSpec({ key: "a" })] });
`;
  writeFileSync(file, text);
  return file;
}

describe("dagster-sigma serve", () => {
  it("prints its entry of workspace.yaml", async () => {
    const plain = await runCommand(["serve", "--print-workspace", "--port", "4001"]);
    expect(plain).toMatchObject({ code: 0, err: "" });
    expect(plain.out).toBe(
      "load_from:\n  - grpc_server:\n      host: 127.0.0.1\n      port: 4001\n      location_name: sigma\n",
    );
    const args = ["serve", "--print-workspace", "--tls-cert", "c.pem", "--tls-key", "k.pem"];
    expect((await runCommand(args)).out).toContain("      ssl: true\n");
  });

  it("adds its entry to a workspace.yaml and prints the difference", async () => {
    const file = join(mkdtempSync(join(tmpdir(), "dagster-sigma-workspace-")), "workspace.yaml");
    const own = "load_from:\n  - python_file: mine.py # mine\n";
    writeFileSync(file, own);
    const added = await runCommand(["serve", "--port", "4001", "--add-to", file]);
    expect(added).toMatchObject({ code: 0, err: "" });
    expect(added.out).toBe(
      `${file}:\n  load_from:\n    - python_file: mine.py # mine\n+   - grpc_server:\n+       host: 127.0.0.1\n+       port: 4001\n+       location_name: sigma\n`,
    );
    expect(readFileSync(file, "utf8").startsWith(own)).toBe(true);
    const again = await runCommand(["serve", "--port", "4001", "--add-to", file, "--json"]);
    expect(JSON.parse(again.out)).toEqual({ version: 1, file, isChanged: false });
    writeFileSync(file, "load_from:\nload_from:\n");
    const refused = await runCommand(["serve", "--add-to", file]);
    expect(refused).toMatchObject({ code: 2, out: "", err: expect.stringContaining("WORKSPACE_NOT_MERGED") });
    expect(readFileSync(file, "utf8")).toBe("load_from:\nload_from:\n");
    const dg = await runCommand(["serve", "--add-to", "pyproject.toml"]);
    expect(dg).toMatchObject({ code: 2, err: expect.stringContaining("local Python projects only") });
  });

  it.each([
    ["a certificate without its key", ["--tls-cert", "c.pem"], "WRONG_USE"],
    ["a key without its certificate", ["--tls-key", "k.pem"], "WRONG_USE"],
    ["a certificate that is not there", ["--tls-cert", "c.pem", "--tls-key", "k.pem"], "TLS_FILE_UNREADABLE"],
    ["a Dagster that cannot load it", ["--dagster-version", "1.8"], "DAGSTER_VERSION_INVALID"],
    ["a time that is none", ["--refresh-every", "often"], "15m"],
  ])("rejects %s", async (_what, args, said) => {
    const { code, out, err } = await runCommand(["serve", "-f", definitionsFile(), "--port", "0", ...args]);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(said);
  });

  it("reports only that a port is in use", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(() => void server.close());
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const { code, err } = await runCommand(["serve", "-f", definitionsFile(), "--port", String(port)]);
    expect(code).toBe(2);
    expect(err).toMatch(
      /^Error: The code location cannot listen on 127\.0\.0\.1:\d+\. \[CODE_LOCATION_PORT_TAKEN\]\n/,
    );
  });

  it("warns when it listens on all interfaces", async () => {
    const args = [bin, "serve", "-f", definitionsFile(), "--port", "0", "--host", "0.0.0.0"];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "pipe"] });
    onTestFinished(() => void child.kill("SIGKILL"));
    const [first] = await once(child.stderr, "data");
    expect(String(first)).toMatch(/Anyone who can reach 0\.0\.0\.0:\d+ can read these assets/);
  });
});
