import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type AssetSpec, Definitions } from "@dagster-sigma/asset-graph";
import {
  codeLocationOutlet,
  dropUnsupported,
  hostFeatures,
  startCodeLocation,
} from "@dagster-sigma/code-location";
import { createStaticDefinitionsSource } from "@dagster-sigma/definitions-host";
import { conformanceFolder } from "../python/conformance-folder.ts";
import { type LocationStatus, locationStatuses, type ShownAsset, shownAssets } from "./asset-nodes.ts";
import { specsJson } from "./specs-json.ts";
import { type RunningDagster, startDagster } from "./start-dagster.ts";

/** How a real Dagster shows our specs, compared with the same specs from Python. */
export interface HostJudgement {
  readonly ours: LocationStatus | undefined;
  readonly theirs: LocationStatus | undefined;
  readonly shown: readonly ShownAsset[];
  readonly expected: readonly ShownAsset[];
  /** Features that this Dagster does not support, with the number of assets affected. */
  readonly leftOut: ReadonlyMap<string, number>;
}

const specLocation = join(conformanceFolder, "python", "spec_location.py");

/**
 * Serves specs to a real Dagster, and the same specs from Python to a second one.
 *
 * @param python the interpreter of an environment with dagster-webserver of that version
 */
export async function judgeHost(options: {
  readonly python: string;
  readonly dagsterVersion: string;
  readonly specs: readonly AssetSpec[];
}): Promise<HostJudgement> {
  const { python, dagsterVersion, specs } = options;
  const features = hostFeatures(dagsterVersion);
  const definitions = new Definitions({ assets: specs });
  const leftOut = new Map<string, number>();
  // Our stubs have more metadata than those that Python creates, so Python gets ours explicitly.
  const fitting = [...definitions.assetGraph.nodes.values()].map(({ spec }) =>
    dropUnsupported(spec, features, leftOut),
  );
  const file = join(mkdtempSync(join(tmpdir(), "dagster-sigma-specs-")), "specs.json");
  writeFileSync(file, specsJson(fitting, dagsterVersion));
  const source = createStaticDefinitionsSource(definitions, codeLocationOutlet(features));
  const location = await startCodeLocation({ source });
  const dagsters: RunningDagster[] = [];
  try {
    for (const [name, where, env] of [
      ["ours", { port: location.port }, {}],
      ["theirs", { pythonFile: specLocation }, { SPECS: file }],
    ] as const)
      dagsters.push(await startDagster({ python, locations: [{ name, ...where }], env }));
    const [ours, theirs] = await Promise.all(dagsters.map(locationStatuses));
    const { hasFreshnessPolicies: hasFreshness, hasVirtualAssets: hasVirtual } = features;
    const [shown = [], expected = []] = await Promise.all(
      dagsters.map((dagster) => shownAssets(dagster, { hasFreshness, hasVirtual })),
    );
    return { ours: ours?.[0], theirs: theirs?.[0], shown, expected, leftOut };
  } finally {
    await Promise.all(dagsters.map((dagster) => dagster.close()));
    await location.close();
  }
}
