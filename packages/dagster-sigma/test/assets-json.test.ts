import { describe, expect, it } from "vitest";
import { runCommand } from "./run-command.ts";
import { startSandboxEnvironment } from "./sandbox-environment.ts";

const pipesTypes =
  "text url path notebook json md float int bool timestamp table table_schema table_column_lineage asset dagster_run null".split(
    " ",
  );

interface Shape {
  readonly assets: readonly Readonly<Record<string, unknown>>[];
  readonly diagnostics: readonly Readonly<Record<string, unknown>>[];
  readonly summary: Readonly<Record<string, number>>;
}

describe("dagster-sigma assets --json", () => {
  it("prints the documented format on stdout, and nothing on stderr", async () => {
    const { sandbox, env } = await startSandboxEnvironment();
    const { code, out, err } = await runCommand(["assets", "--json"], { env });
    expect([code, err]).toEqual([0, ""]);
    const json = JSON.parse(out) as Shape;
    expect(Object.keys(json)).toEqual(["version", "assets", "diagnostics", "summary"]);
    expect(json.assets).toHaveLength(51);
    const keys = json.assets.map(({ key }) => JSON.stringify(key));
    expect(keys).toEqual([...keys].sort());
    for (const asset of json.assets) {
      expect(Object.keys(asset)).toEqual([
        "key",
        "kinds",
        "description",
        "owners",
        "group",
        "tags",
        "deps",
        "metadata",
        "isExecutable",
        ...("dagster/column_lineage" in (asset["metadata"] as object) ? ["columnProvenance"] : []),
      ]);
      for (const value of Object.values(asset["metadata"] as Record<string, { type: string }>)) {
        expect(Object.keys(value)).toEqual(["type", "value"]);
        expect(pipesTypes).toContain(value.type);
      }
      for (const dep of asset["deps"] as object[])
        expect(Object.keys(dep)).toEqual(["key", "metadata", "provenance"]);
    }
    for (const diagnostic of json.diagnostics) {
      expect(Object.keys(diagnostic)).toEqual(["code", "severity", "object", "message"]);
      if (diagnostic["object"] !== null)
        expect(Object.keys(diagnostic["object"] as object)).toEqual(["type", "id", "name", "url"]);
    }
    expect(json.summary).toEqual({
      requests: sandbox.log.requests.length,
      wallMs: expect.any(Number),
      stateFetchedAt: expect.stringMatching(/^20/),
      notes: [],
    });
    expect(json.assets.find(({ key }) => JSON.stringify(key) === '["Revenue_Overview"]')).toEqual({
      key: ["Revenue_Overview"],
      kinds: ["sigma", "workbook"],
      description: "Booked revenue for the board pack.",
      owners: ["dana.whitfield@harborcoffee.example"],
      group: null,
      tags: { "sigma_tag/Audited": "25", "sigma_tag/Production": "26" },
      deps: [
        {
          key: ["Ledger"],
          metadata: {},
          provenance: [{ basis: "reported", route: "GET /v2/workbooks/{workbookId}/lineage" }],
        },
      ],
      metadata: {
        "dagster_sigma/web_url": {
          type: "url",
          value: expect.stringMatching(/^https:\/\/app\.sigmacomputing\.com\/harbor-coffee\/workbook\//),
        },
        "dagster_sigma/version": { type: "int", value: 27 },
        "dagster_sigma/created_at": { type: "timestamp", value: expect.any(Number) },
        "dagster_sigma/workbook_id": { type: "text", value: expect.stringMatching(/^[0-9a-f-]{36}$/) },
        "dagster_sigma/updated_at": { type: "timestamp", value: 1757237819.364 },
        "dagster_sigma/id": { type: "text", value: expect.stringMatching(/^[0-9a-f-]{36}$/) },
        "dagster_sigma/name": { type: "text", value: "Revenue Overview" },
        "dagster_sigma/path": { type: "text", value: "Finance/Board" },
      },
      isExecutable: false,
    });
  });

  it("includes stubs for tables with --stubs", async () => {
    const { env } = await startSandboxEnvironment();
    const { out } = await runCommand(["assets", "--json", "--stubs"], { env });
    const json = JSON.parse(out) as Shape;
    const stub = json.assets.find(({ key }) => JSON.stringify(key) === '["harbor","sales","orders"]');
    expect(stub).toEqual({
      key: ["harbor", "sales", "orders"],
      kinds: ["snowflake", "table"],
      description: null,
      owners: [],
      group: null,
      tags: {},
      deps: [],
      metadata: {
        "dagster/table_name": { type: "text", value: "harbor.sales.orders" },
        "dagster/storage_kind": { type: "text", value: "snowflake" },
        "dagster/auto_created_stub_asset": { type: "bool", value: true },
      },
      isExecutable: false,
    });
  });

  it("accepts the options that select what to load", async () => {
    const { env } = await startSandboxEnvironment();
    const names = async (...args: readonly string[]): Promise<readonly string[]> => {
      const { out } = await runCommand(["assets", "--json", ...args], { env });
      return (JSON.parse(out) as Shape).assets.map(({ key }) => (key as string[]).join("/"));
    };
    expect(
      await names(
        "--folder",
        "Sales/Deep Dives",
        "--workbook",
        "cafés/till summary",
        "--exclude-unused-datasets",
      ),
    ).toEqual([
      "Basket_Analysis",
      "Caf_s",
      "Customer_Value",
      "Customers",
      "Orders_Dataset",
      "Products",
      "Refund_Reasons",
      "Sales",
      "Till_Summary",
    ]);
    const { out } = await runCommand(["assets", "--json", "--no-lineage", "--no-columns"], { env });
    expect(out).not.toMatch(/column_schema|table_name/);
  });
});
