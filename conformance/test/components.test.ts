import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AssetSpec } from "@dagster-sigma/asset-graph";
import { type SigmaTranslatorData, withLoadEnvironment } from "@dagster-sigma/sigma-assets";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  loadComponentFile,
  readComponentFile,
} from "../../packages/dagster-sigma/src/component/defs/load-component-file.ts";
import { SigmaComponent } from "../../packages/dagster-sigma/src/component/sigma-component.ts";
import { type ComponentCase, ownCases, referenceCases } from "../src/component/component-cases.ts";
import { conditionJson } from "../src/dagster/serialized-condition.ts";
import { type AnswerServer, startAnswerServer } from "../src/dagster-sigma/answer-server.ts";
import { referenceSample } from "../src/dagster-sigma/reference-sample.ts";
import { PythonLines } from "../src/python/python-lines.ts";
import { needsPython, referencePython } from "./reference.ts";

const python = await referencePython();

class CustomSigmaComponent extends SigmaComponent {
  override getAssetSpec(data: SigmaTranslatorData): AssetSpec {
    return super.getAssetSpec(data).mergeAttributes({
      metadata: { custom_override: "test_value" },
      tags: { custom_tag: "override_test" },
    });
  }
}

/** A spec as `load_components.py` writes it. */
interface ComparedSpec {
  readonly key: readonly string[];
  readonly owners: readonly string[];
}

type Answer = { readonly stages: readonly (readonly ComparedSpec[])[] } | { readonly error: string };

function comparedSpec(spec: AssetSpec): ComparedSpec & Readonly<Record<string, unknown>> {
  const { automationCondition, freshnessPolicy } = spec;
  return {
    key: spec.key.path,
    group: spec.groupName ?? "default",
    owners: spec.owners,
    tags: spec.tags,
    kinds: spec.kinds,
    codeVersion: spec.codeVersion,
    description: spec.description,
    skippable: spec.skippable,
    deps: spec.deps.map(({ assetKey }) => assetKey.path.join("/")).sort(),
    condition:
      automationCondition === null ? null : JSON.parse(conditionJson(automationCondition, "1.13.27")),
    freshness:
      freshnessPolicy === null
        ? null
        : [freshnessPolicy.failWindowSeconds, freshnessPolicy.warnWindowSeconds],
    metadata: Object.fromEntries(
      Object.entries(spec.metadata)
        .filter(([label]) => !label.startsWith("dagster"))
        .map(([label, { value }]) => [label, value]),
    ),
  };
}

const byKey = (specs: readonly ComparedSpec[]): readonly ComparedSpec[] =>
  [...specs].sort((a, b) => (a.key.join("/") < b.key.join("/") ? -1 : 1));

const variables = { TEAM: "analytics" };

describe.skipIf(python === null)(
  `${needsPython} component files with the real SigmaComponent and ours`,
  () => {
    let reference: PythonLines<object, Answer>;
    let server: AnswerServer;
    beforeAll(async () => {
      reference = new PythonLines(python ?? "", "load_components.py");
      server = await startAnswerServer(referenceSample());
      Object.assign(process.env, variables);
    });
    afterAll(async () => {
      await reference.close();
      await server.close();
    });

    function textOf({ type, attributes, after }: ComponentCase): string {
      return `type: ${type ?? "dagster_sigma.SigmaComponent"}
attributes:
  organization:
    base_url: ${server.baseUrl}
    client_id: "{{ env.COMPONENT_CLIENT_ID }}"
    client_secret: "{{ env('COMPONENT_CLIENT_SECRET') }}"
    warn_on_lineage_fetch_error: true
${attributes}${after ?? ""}`;
    }

    async function loadOurs(componentCase: ComponentCase): Promise<readonly (readonly ComparedSpec[])[]> {
      const folder = mkdtempSync(join(tmpdir(), "dagster-sigma-component-"));
      const file = join(folder, "defs.yaml");
      writeFileSync(file, textOf(componentCase));
      process.env["COMPONENT_CLIENT_ID"] = server.clientId;
      process.env["COMPONENT_CLIENT_SECRET"] = server.clientSecret;
      const options = { components: { "custom_components.CustomSigmaComponent": CustomSigmaComponent } };
      if (componentCase.isDev !== false) {
        const { assets } = await withLoadEnvironment({ stateDir: join(folder, "state") }, () =>
          loadComponentFile(file, options),
        );
        return [assets.map(comparedSpec)];
      }
      // The pair of a component: without a state, and with the state that it wrote.
      const { components } = await readComponentFile(file, { ...options, isStateGiven: true });
      const [only] = components;
      if (only === undefined) throw new Error("The file has a component.");
      const state = join(folder, "state.ndjson");
      const without = await only.component.buildDefsFromState(null);
      await only.component.writeStateToPath(state);
      const loaded = await only.component.buildDefsFromState(state);
      return [without.assets, loaded.assets].map((assets) => assets.map(comparedSpec));
    }

    for (const componentCase of [...referenceCases, ...ownCases]) {
      const { test, name, isDev = true, module = null } = componentCase;
      it(`${test ?? "own case"}: ${name}`, async () => {
        const answer = await reference.ask({
          yaml: textOf(componentCase),
          variables: {
            ...variables,
            COMPONENT_CLIENT_ID: server.clientId,
            COMPONENT_CLIENT_SECRET: server.clientSecret,
          },
          module,
          isDev,
        });
        if ("error" in answer) throw new Error(answer.error);
        const ours = await loadOurs(componentCase);
        expect(ours).toHaveLength(answer.stages.length);
        for (const [at, stage] of answer.stages.entries()) {
          const expected = byKey(stage);
          const found = byKey(ours[at] ?? []).map((spec, index) =>
            // The reference never finds the owners of documents.
            expected[index]?.owners.length === 0 ? { ...spec, owners: [] } : spec,
          );
          expect(found).toEqual(expected);
        }
      }, 30_000);
    }
  },
);
