import { mkdtempSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { elementsOf, replayRecording, urlIdOf } from "@dagster-sigma/sigma-sandbox";
import { describe, expect, it, onTestFinished } from "vitest";
import { findCanaries } from "./recording/canaries.ts";
import { canaryAnswers, canaryOrganization } from "./recording/canary-organization.ts";
import { runCommand } from "./run-command.ts";
import { startKeeping, startSandboxEnvironment, variablesOf } from "./sandbox-environment.ts";

interface Graph {
  readonly assets: readonly { readonly deps: readonly unknown[] }[];
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

  it("records nothing of what people wrote, in any form, and replaying it gives the same number of assets", async () => {
    const organization = canaryOrganization();
    const { sandbox, env } = await startKeeping({ organization, variants: [{ variant: canaryAnswers }] });
    const countDeps = async (variables: Readonly<Record<string, string>>): Promise<readonly number[]> => {
      const options = ["--json", "--workbook-columns", "--schedules", "--badges", "--spec"];
      const { out } = await runCommand(["assets", ...options], { env: variables });
      return (JSON.parse(out) as Graph).assets.map(({ deps }) => deps.length).sort();
    };
    const before = await countDeps(env);
    expect(before).toHaveLength(3);

    const file = join(mkdtempSync(join(tmpdir(), "dagster-sigma-cli-")), "recording.ndjson");
    const { code, err } = await runCommand(["doctor", "--record", file], { env });
    expect(code).toBe(0);
    // It asks Sigma although a state is stored.
    expect(err).toMatch(/^[1-9]\d+ anonymized responses were written to /m);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const recorded = readFileSync(file, "utf8");
    expect(findCanaries(recorded)).toEqual([]);
    const { workbooks, dataModels, datasets, tables, connections, members } = organization;
    const ids = [...workbooks, ...dataModels, ...datasets, ...tables, ...connections].map(({ id }) => id);
    const elements = [...workbooks, ...dataModels].flatMap(elementsOf);
    const secrets = [
      ...ids.flatMap((id) => [id, id.replaceAll("-", ""), urlIdOf(id)]),
      ...[...members, ...elements].map(({ id }) => id),
      sandbox.clientId,
      sandbox.clientSecret,
    ];
    for (const secret of secrets) expect(recorded).not.toContain(secret);

    const replay = await replayRecording(file);
    onTestFinished(() => replay.close());
    expect(await countDeps(variablesOf(replay))).toEqual(before);
  });

  it("rejects the replay of a file that is not a recording", async () => {
    const { code, err } = await runCommand(["sandbox", "--replay", "/nowhere/recording.ndjson"]);
    expect(code).toBe(2);
    expect(err).toContain("doctor --record");
  });
});
