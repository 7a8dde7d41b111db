import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { failureIn, runCommand } from "./run-command.ts";
import { startSandboxEnvironment } from "./sandbox-environment.ts";

describe("dagster-sigma assets --select", () => {
  it("prints only the selected assets, including tables, with their upstream assets", async () => {
    const { env } = await startSandboxEnvironment();
    const selection = '1+key:"Company_Pulse" or key:"harbor/*/orders"';
    const { code, out, err } = await runCommand(["assets", "--select", selection], { env });
    expect([code, err]).toEqual([0, ""]);
    expect(out).toContain("1 warehouse table → 3 data models → 1 workbook\n");
    expect(out).toMatch(/\n {4}Company Pulse +← Customers \(data model\), Ledger, Sales\n/);
    expect(out).toMatch(/\n {4}orders +→ /);
    expect(out).not.toContain("Diagnostics");
    expect(out.match(/^ {4}\S/gm)).toHaveLength(5);
  });

  it("prints them as JSON, including selected stubs", async () => {
    const { env } = await startSandboxEnvironment();
    const { code, out } = await runCommand(
      ["assets", "--json", "--select", "roots(+key:Company_Pulse) or key:Company_Pulse"],
      { env },
    );
    const { assets } = JSON.parse(out) as { readonly assets: readonly { readonly key: readonly string[] }[] };
    const keys = assets.map(({ key }) => key.join("/"));
    expect(code).toBe(0);
    expect(keys).toContain("Company_Pulse");
    expect(keys).toContain("harbor/sales/orders");
    expect(keys.every((key) => key === "Company_Pulse" || key.startsWith("harbor/"))).toBe(true);
  });

  it("selects among the assets of a definitions file, and suggests the correct case if none match", async () => {
    const folder = mkdtempSync(join(tmpdir(), "dagster-sigma-select-"));
    const file = join(folder, "definitions.ts");
    writeFileSync(
      file,
      `import { AssetSpec, Definitions } from "dagster-sigma";
export default new Definitions({ assets: [new AssetSpec({ key: "Revenue", deps: ["orders"] }), new AssetSpec({ key: "b" })] });
`,
    );
    const found = await runCommand(["assets", "-f", file, "--select", "+Revenue"]);
    expect([found.code, found.err]).toEqual([0, ""]);
    expect(found.out).toContain("1 upstream asset → 1 other asset");
    const nothing = await runCommand(["assets", "-f", file, "--select", "+key:revenue or key:c"]);
    expect(nothing).toMatchObject({
      code: 0,
      err: 'No assets match the selection. Did you mean: +key:"Revenue" or key:c\n',
    });
    expect(nothing.out).toContain("No assets");
    const json = await runCommand(["assets", "-f", file, "--json", "--select", "nowhere"]);
    expect(json).toMatchObject({ code: 0, err: "No assets match the selection.\n" });
    expect(JSON.parse(json.out)).toMatchObject({ assets: [] });
  });

  it("marks a syntax error before anything is loaded", async () => {
    const { code, out, err } = await runCommand(["assets", "--select", "kind:売上 and\tkey:my-asset"]);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain("needs a value for kind: at character 6; here is 売");
    expect(err).toContain("\n  kind:売上 and key:my-asset\n       ^^\n");
    expect(err).toContain("SELECTION_SYNTAX");
  });

  it("rejects an attribute that only a running Dagster can evaluate", async () => {
    const args = ["assets", "--json", "--select", "kind:table and status:healthy"];
    const { code, out, err } = await runCommand(args);
    expect([code, out]).toEqual([2, ""]);
    expect(failureIn(err)).toMatchObject({ code: "SELECTION_NEEDS_INSTANCE" });
    expect(err).toContain("status:");
  });

  it("shows only the part of a long selection around an error", async () => {
    const many = Array.from({ length: 50 }, (_, index) => `key:asset_${index}`).join(" or ");
    const { err } = await runCommand(["assets", "--select", `${many} and ) or ${many}`]);
    const [, , excerpt = "", mark = ""] = err.split("\n");
    expect(excerpt).toMatch(/^ {2}….* and \) or .*…$/);
    expect(excerpt.length).toBeLessThan(130);
    expect(excerpt[mark.length - 1]).toBe(")");
  });
});
