import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AssetSpec, Definitions, type LoadReport, SensorDefinition } from "@dagster-sigma/asset-graph";
import { expect, it, vi } from "vitest";
import { createOutlet, InProcessDefinitionsSource } from "../src/index.ts";

it("definitions of a function are loaded again after a sensor changed their state", async () => {
  const stateFile = join(mkdtempSync(join(tmpdir(), "dagster-sigma-state-")), "state.ndjson");
  writeFileSync(stateFile, "before");
  let loads = 0;
  const load = (): Definitions => {
    loads++;
    const report = { stateFile } as LoadReport;
    const origin = { label: "x", load: report, object: null };
    const refreshes = new SensorDefinition({
      name: "refreshes",
      evaluate: ({ cursor }) => {
        if (cursor === null) writeFileSync(stateFile, "after the refresh");
        return {};
      },
    });
    return new Definitions({ assets: [new AssetSpec({ key: "a", origin })], sensors: [refreshes] });
  };
  const encoder = { encode: () => loads, encodeSensorResult: () => "" };
  const outlet = createOutlet(encoder, new URL("x:none"), null);
  const source = new InProcessDefinitionsSource({ outlet, load });
  await source.reload();
  await source.evaluateSensor({ name: "refreshes", cursor: "no change", lastTickAt: null });
  expect(source.current()).toMatchObject({ content: 1, progress: null });
  await source.evaluateSensor({ name: "refreshes", cursor: null, lastTickAt: null });
  await vi.waitFor(() => expect(source.current().content).toBe(2));
  await source.evaluateSensor({ name: "refreshes", cursor: "no change", lastTickAt: null });
  expect(loads).toBe(2);
  await source.close();
});
