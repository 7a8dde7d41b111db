import { type AssetSpec, Definitions } from "@dagster-sigma/asset-graph";
import { generateOrganization, startSandbox } from "@dagster-sigma/sigma-sandbox";
import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import { formulaReferences, isPassThrough } from "../../../src/derive/columns/formula-references.ts";
import { loadSigmaAssetSpecs, SigmaOrganization } from "../../../src/index.ts";

/** Texts that consist mostly of special characters of formulas. */
const signs = fc
  .array(fc.constantFrom("[", "]", "/", "\\", '"', "a", "A", " "), { minLength: 1, maxLength: 8 })
  .map((parts) => parts.join(""));

describe("references of a formula", () => {
  it.each<[string, readonly (readonly string[])[]]>([
    ["[Orders/Amount]", [["Orders", "Amount"]]],
    ["Sum([Amount]) / Count([Orders/Id])", [["Amount"], ["Orders", "Id"]]],
    ["[A/B/Col]", [["A", "B", "Col"]]],
    ["[a\\/b/c\\]d\\\\]", [["a/b", "c]d\\"]]],
    ['If([x] = "in [brackets/here] and \\"[quoted]\\"", 1, 0)', [["x"]]],
    ["Now()", []],
    ["[]", []],
    ["[never closed", [["never closed"]]],
    ['"never closed [a]', []],
    ["", []],
  ])("finds the references of %s", (formula, references) => {
    expect(formulaReferences(formula)).toEqual(references);
  });

  it("are parsed as written, for any names", () => {
    const name = fc.oneof(fc.string({ minLength: 1, maxLength: 8 }), signs);
    const escapeName = (text: string): string => text.replace(/[\\/[\]]/g, "\\$&");
    fc.assert(
      fc.property(
        fc.array(fc.array(name, { minLength: 1, maxLength: 3 }), { maxLength: 5 }),
        (references) => {
          const formula = references.map((names) => `Sum([${names.map(escapeName).join("/")}])`).join(" + ");
          expect(formulaReferences(formula)).toEqual(references);
        },
      ),
    );
  });

  it("never fail", () => {
    const text = fc.oneof(fc.string(), signs);
    fc.assert(fc.property(text, (formula) => void [formulaReferences(formula), isPassThrough(formula)]));
  });

  it.each([
    ["[a/b]", true],
    [" [a] ", true],
    ["[a] + [b]", false],
    ["Sum([a])", false],
    ["[a\\]", false],
  ])("recognizes whether %s is passed through: %s", (formula, expected) => {
    expect(isPassThrough(formula)).toBe(expected);
  });
});

describe("column lineage of assets", () => {
  it("refers to existing columns of other assets, with the keys of the translator", async () => {
    const organization = generateOrganization({ workbooks: 40, seed: 11 });
    const sandbox = await startSandbox({ organization });
    onTestFinished(() => sandbox.close());
    const specs = await loadSigmaAssetSpecs(new SigmaOrganization(sandbox), {
      workbookColumns: true,
      dagsterSigmaTranslator: (spec) => spec.with({ key: spec.key.withPrefix("bi") }),
    });
    const columnsByKey = new Map(specs.map((spec) => [spec.key.toString(), new Set(columnsOf(spec))]));
    const graph = new Definitions({ assets: specs }).assetGraph;
    let edges = 0;
    for (const spec of specs) {
      const lineage = spec.metadata["dagster/column_lineage"];
      if (lineage?.type !== "table_column_lineage") continue;
      for (const [column, deps] of Object.entries(lineage.value.depsByColumn)) {
        expect(columnsOf(spec)).toContain(column);
        for (const { assetKey, columnName } of deps) {
          edges++;
          expect(assetKey.equals(spec.key)).toBe(false);
          expect(graph.nodes.has(assetKey.toString())).toBe(true);
          expect(spec.deps.some((dep) => dep.assetKey.equals(assetKey))).toBe(true);
          const columns = columnsByKey.get(assetKey.toString());
          if (columns !== undefined) expect(columns).toContain(columnName);
        }
      }
    }
    expect(edges).toBeGreaterThan(500);
  });

  it("is omitted from workbooks by default, which keeps them small", async () => {
    const organization = generateOrganization({ workbooks: 100, seed: 2 });
    const sandbox = await startSandbox({ organization });
    onTestFinished(() => sandbox.close());
    const specs = await loadSigmaAssetSpecs(new SigmaOrganization(sandbox));
    const sizes = specs
      .filter(({ kinds }) => kinds.includes("workbook"))
      .map(({ origin: _origin, deps, ...spec }) => {
        // Provenances are shared between dependencies, and Dagster does not get them.
        const sent = deps.map(({ provenances: _provenances, ...dep }) => dep);
        return JSON.stringify({ ...spec, deps: sent }).length;
      })
      .sort((a, b) => a - b);
    expect(sizes[Math.floor(sizes.length / 2)]).toBeLessThan(2_000);
  });
});

function columnsOf({ metadata }: AssetSpec): readonly string[] {
  const schema = metadata["dagster/column_schema"];
  return schema?.type === "table_schema" ? schema.value.columns.map(({ name }) => name) : [];
}
