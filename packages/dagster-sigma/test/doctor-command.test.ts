import { mkdtempSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { elementsOf, generateOrganization, replayRecording } from "@dagster-sigma/sigma-sandbox";
import { describe, expect, it, onTestFinished } from "vitest";
import { runCommand } from "./run-command.ts";
import { startSandboxEnvironment, variablesOf } from "./sandbox-environment.ts";

interface Graph {
  readonly assets: readonly { readonly deps: readonly unknown[]; readonly kinds: readonly string[] }[];
}

describe("dagster-sigma doctor", () => {
  it("prints how each route answered", async () => {
    const { env } = await startSandboxEnvironment();
    const { code, out } = await runCommand(["doctor"], { env });
    expect(code).toBe(0);
    expect(out).toMatch(/GET \/v2\/workbooks\/{id}\/lineage +36 +\d+ kB {2}200 × 35, 400 × 1\n/);
    expect(out).toMatch(/GET \/v2\/datasets\/{id}\/sources .* 200 × 5, 409 × 1\n/);
    const json = JSON.parse((await runCommand(["doctor", "--json"], { env })).out) as {
      routes: { route: string }[];
    };
    expect(json.routes.map(({ route }) => route)).toContain("GET /v2/whoami");
  });

  it("records answers without any name, id or URL, and replaying them gives the same graph", async () => {
    const organization = generateOrganization({ workbooks: 25, seed: 6 });
    const { sandbox, env } = await startSandboxEnvironment({ organization });
    const file = join(mkdtempSync(join(tmpdir(), "dagster-sigma-cli-")), "recording.ndjson");
    expect((await runCommand(["doctor", "--record", file], { env })).code).toBe(0);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const recorded = readFileSync(file, "utf8");
    const secrets = [
      ...organization.members.flatMap(({ id, email }) => [id, email]),
      ...organization.workbooks.map(({ id }) => id),
      ...organization.tables.map(({ id }) => id),
      ...organization.connections.flatMap(({ id, name }) => [id, name]),
      ...organization.workbooks.map(({ name }) => name),
      ...organization.workbooks.flatMap(elementsOf).map(({ id }) => id),
      sandbox.clientSecret,
      sandbox.clientId,
    ].filter((text) => text.length > 7);
    for (const secret of secrets) expect(recorded.includes(JSON.stringify(secret).slice(1, -1))).toBe(false);

    const replay = await replayRecording(file);
    onTestFinished(() => replay.close());
    const replayed = variablesOf(replay);
    const [before, after] = await Promise.all(
      [env, replayed].map(async (variables) => {
        const { code, out } = await runCommand(["assets", "--json"], { env: variables });
        expect(code).toBe(0);
        const { assets } = JSON.parse(out) as Graph;
        return assets.map(({ deps, kinds }) => `${kinds.join()} ${deps.length}`).sort();
      }),
    );
    expect(after).toEqual(before);
  });

  it("rejects the replay of a file that is not a recording", async () => {
    const { code, err } = await runCommand(["sandbox", "--replay", "/nowhere/recording.ndjson"]);
    expect(code).toBe(2);
    expect(err).toContain("doctor --record");
  });
});
