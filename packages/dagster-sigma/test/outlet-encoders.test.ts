import { AssetSpec, type AssetSpecAttributes, Definitions, TableSchema } from "@dagster-sigma/asset-graph";
import { codeLocationOutlet, hostFeatures } from "@dagster-sigma/code-location";
import type { Outlet } from "@dagster-sigma/definitions-host";
import { pageOutlet } from "@dagster-sigma/web-ui";
import { describe, expect, it } from "vitest";

interface Told {
  /** Version of the content; changes whenever the content changes. */
  readonly version: string;
  readonly assets: number;
}

const page = pageOutlet();
const location = codeLocationOutlet(hostFeatures("1.13"));

describe.each<[string, Outlet<object>, (content: object) => Told]>([
  ["page", page, (content) => content as ReturnType<typeof page.encode>],
  [
    "code location",
    location,
    (content) => {
      const { serverId, assets } = content as ReturnType<typeof location.encode>;
      return { version: serverId, assets };
    },
  ],
])("the contract of an outlet: the %s", (_which, outlet, reported) => {
  const attributes: AssetSpecAttributes = {
    key: ["a", "b"],
    deps: ["table"],
    description: "é😀",
    kinds: ["sigma"],
    owners: ["ann@x.example"],
    tags: { team: "sales" },
    metadata: { rows: 3, "dagster/column_schema": new TableSchema({ columns: [{ name: "c" }] }) },
  };
  const encode = (...specs: readonly AssetSpecAttributes[]): object =>
    outlet.encode(new Definitions({ assets: specs.map((each) => new AssetSpec(each)) }));
  const versionOf = (...specs: readonly AssetSpecAttributes[]): string => reported(encode(...specs)).version;
  const other: AssetSpecAttributes = { key: "z" };

  it("returns the same bytes for the same definitions in any order", () => {
    expect(encode(attributes, other)).toEqual(encode(other, attributes));
    expect(versionOf(attributes, other)).toBe(versionOf(other, attributes));
  });

  it.each<[string, Partial<AssetSpecAttributes>]>([
    ["key", { key: ["a", "c"] }],
    ["dependency", { deps: ["other"] }],
    ["description", { description: "e😀" }],
    ["kind", { kinds: ["dbt"] }],
    ["owner", { owners: ["bob@x.example"] }],
    ["tag", { tags: { team: "finance" } }],
    ["group", { groupName: "g" }],
    ["metadata value", { metadata: { ...attributes.metadata, rows: 4 } }],
    [
      "column",
      {
        metadata: {
          ...attributes.metadata,
          "dagster/column_schema": new TableSchema({ columns: [{ name: "d" }] }),
        },
      },
    ],
  ])("changes its version if one %s changes", (_what, change) => {
    expect(versionOf({ ...attributes, ...change })).not.toBe(versionOf(attributes));
  });

  it("counts its assets, including undefined upstream assets", () => {
    expect(reported(encode(attributes, other)).assets).toBe(3);
    expect(reported(encode()).assets).toBe(0);
  });

  it("returns data that can be transferred to another thread: plain data, with separate buffers", () => {
    const content = encode(attributes, other);
    const buffers = Object.values(content).flatMap((value) => {
      if (!ArrayBuffer.isView(value)) return [];
      expect([value.byteOffset, value.byteLength]).toEqual([0, value.buffer.byteLength]);
      return [value.buffer as ArrayBuffer];
    });
    expect(buffers.length).toBeGreaterThan(0);
    const copy = structuredClone(content);
    expect(structuredClone(content, { transfer: buffers })).toEqual(copy);
  });

  it("names the module of its encoder, which returns the same result", async () => {
    const encoder = (await import(outlet.module.href)) as {
      readonly encode: (definitions: Definitions, options: unknown) => object;
    };
    const definitions = new Definitions({ assets: [new AssetSpec(attributes)] });
    const options: unknown = structuredClone(outlet.options);
    expect(encoder.encode(definitions, options)).toEqual(outlet.encode(definitions));
  });
});
