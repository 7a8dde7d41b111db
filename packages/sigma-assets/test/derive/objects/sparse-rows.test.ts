import { type AssetSpec, Definitions } from "@dagster-sigma/asset-graph";
import { OrganizationBuilder, startSandbox } from "@dagster-sigma/sigma-sandbox";
import { describe, expect, it, onTestFinished } from "vitest";
import { lineageAnswers } from "../../../src/derive/lineage/lineage-answers.ts";
import { buildOrganizationObjects } from "../../../src/derive/objects/build-organization-objects.ts";
import { translateOrganization } from "../../../src/derive/translate/translate-organization.ts";
import { DagsterSigmaTranslator, loadSigmaAssetSpecs, SigmaOrganization } from "../../../src/index.ts";
import { buildState, translationOptions, uuid } from "../../build-state.ts";

const rows = {
  workbook: {
    workbookId: uuid("a1"),
    name: "Revenue",
    url: "https://app.sigma.example/w",
    path: "Finance/Board",
    latestVersion: 5,
    createdAt: "2024-09-12T21:22:49.072Z",
    updatedAt: "2024-09-13T21:22:49.072Z",
    ownerId: "m1",
  },
  dataModel: {
    dataModelId: uuid("b1"),
    name: "Sales",
    url: "https://app.sigma.example/m",
    path: "Finance",
    latestVersion: 2,
    createdAt: "2024-09-12T21:22:49.072Z",
    updatedAt: "2024-09-13T21:22:49.072Z",
    ownerId: "m1",
  },
  dataset: {
    datasetId: uuid("c1"),
    name: "Orders Dataset",
    description: "Orders.",
    url: "https://app.sigma.example/d",
    createdAt: "2024-09-12T21:16:17.830Z",
    updatedAt: "2024-09-13T21:22:49.072Z",
    owner: "m1",
  },
};
const fields = Object.entries(rows).flatMap(([kind, row]) =>
  Object.keys(row).map((field): [keyof typeof rows, string] => [kind as keyof typeof rows, field]),
);

function specsOf(changed: typeof rows): readonly AssetSpec[] {
  const { workbook, dataModel, dataset } = changed;
  const state = buildState({
    workbooks: [
      {
        id: uuid("a1"),
        properties: workbook,
        lineage: null,
        sources: [
          { type: "data-model", dataModelId: uuid("b1") },
          { type: "dataset", inodeId: uuid("c1") },
        ],
      },
    ],
    dataModels: [{ id: uuid("b1"), properties: dataModel, lineage: null, sources: [] }],
    datasets: [{ id: uuid("c1"), properties: dataset }],
    members: [{ id: "m1", email: "ben@acme.io" }],
  });
  return translateOrganization(
    buildOrganizationObjects(state).objects,
    lineageAnswers(state),
    new DagsterSigmaTranslator(),
    translationOptions,
  ).specs;
}

describe("a row with a missing or null field", () => {
  it.each(fields.flatMap(([kind, field]) => [undefined, null].map((value) => [kind, field, value] as const)))(
    "gives the same assets with the same edges: %s %s, %s",
    (kind, field, value) => {
      const specs = specsOf({ ...rows, [kind]: { ...rows[kind], [field]: value } });
      expect(() => new Definitions({ assets: specs })).not.toThrow();
      const document = specs.find(({ kinds }) => kinds.includes("workbook"));
      const others = specs.filter((spec) => spec !== document).map(({ key }) => key.toUserString());
      expect(others).toHaveLength(2);
      expect(document?.deps.map(({ assetKey }) => assetKey.toUserString()).sort()).toEqual(others.sort());
    },
  );
});

describe("the owner", () => {
  it("is found on the last page of a long member list, even if deactivated", async () => {
    const builder = new OrganizationBuilder({ slug: "acme", name: "Acme" });
    const members = Array.from({ length: 1_203 }, (_, index) =>
      builder.member(`Member ${index}`, `member-${index}@acme.example`, { isInactive: index === 1_201 }),
    );
    for (const [index, name] of [
      [0, "First"],
      [1_201, "Left"],
      [1_202, "Last"],
    ] as const) {
      const owner = members[index];
      if (owner !== undefined) builder.workbook("Sales", name, { owner }, (book) => void book.page("Page"));
    }
    const sandbox = await startSandbox({ organization: builder.build() });
    onTestFinished(() => sandbox.close());
    const { baseUrl, clientId, clientSecret } = sandbox;
    const specs = await loadSigmaAssetSpecs(new SigmaOrganization({ baseUrl, clientId, clientSecret }));
    const ownersOf = (key: string): unknown => specs.find((spec) => spec.key.toUserString() === key)?.owners;
    expect([ownersOf("First"), ownersOf("Left"), ownersOf("Last")]).toEqual([
      ["member-0@acme.example"],
      ["member-1201@acme.example"],
      ["member-1202@acme.example"],
    ]);
  });
});
