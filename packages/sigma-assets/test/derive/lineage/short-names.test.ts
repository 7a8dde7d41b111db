import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OrganizationBuilder, type Sandbox, startSandbox } from "@dagster-sigma/sigma-sandbox";
import { describe, expect, it, onTestFinished } from "vitest";
import { completePath } from "../../../src/derive/lineage/complete-path.ts";
import {
  type LoadSigmaAssetSpecsOptions,
  loadSigmaAssetSpecs,
  SigmaOrganization,
} from "../../../src/index.ts";

/** A workbook with a table whose path lacks the database, and with SQL that omits more. */
async function start(): Promise<Sandbox> {
  const company = new OrganizationBuilder({ slug: "acme", name: "Acme" });
  const owner = company.member("Ada B", "ada@acme.example");
  const connection = company.connection("Warehouse", "redshift", owner);
  const clicks = company.table(connection, "web.clicks", { id: "integer" });
  const orders = company.table(connection, "web.orders", { id: "integer" });
  company.workbook("Sales", "Book", { owner }, (book) => {
    book.page("Page").table("Clicks", { from: clicks, columns: ["Id"] });
    const sql = book.sql(connection, "select id from orders", [orders], []);
    book.table("Orders", { from: sql, columns: [] });
  });
  const sandbox = await startSandbox({ organization: company.build() });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

async function depsOf(
  sandbox: Sandbox,
  options: LoadSigmaAssetSpecsOptions = {},
): Promise<readonly string[]> {
  const [book] = await loadSigmaAssetSpecs(new SigmaOrganization(sandbox), options);
  return (book?.deps ?? []).map(({ assetKey }) => assetKey.toUserString());
}

describe("a short table name", () => {
  it("is completed with the defaults of its connection, by name or id", async () => {
    const sandbox = await start();
    // Exactly one table ends with `orders`.
    expect(await depsOf(sandbox)).toEqual(["web/clicks", "web/orders"]);
    const names = { database: "dwh", schema: "web" };
    const id = sandbox.organization.connections[0]?.id ?? "";
    for (const connections of [{ Warehouse: names }, { [id]: names }])
      expect(await depsOf(sandbox, { connections })).toEqual(["dwh/web/clicks", "dwh/web/orders"]);
    expect(await depsOf(sandbox, { connections: { Other: names } })).toEqual(["web/clicks", "web/orders"]);
  });

  it("is completed as far as defaults are known, and unchanged if complete", () => {
    const connection = { connectionId: "c", name: "W" };
    const complete = (path: string, defaults: object): string =>
      completePath(path.split("."), connection, { W: defaults }).join(".");
    expect(complete("t", { database: "d", schema: "s" })).toBe("d.s.t");
    expect(complete("t", { schema: "s" })).toBe("s.t");
    expect(complete("t", { database: "d" })).toBe("t");
    expect(complete("x.t", { database: "d", schema: "s" })).toBe("d.x.t");
    expect(complete("d2.x.t", { database: "d", schema: "s" })).toBe("d2.x.t");
    expect(completePath(["t"], null, { W: { schema: "s" } })).toEqual(["t"]);
  });
});

describe("stateKey", () => {
  it("names the state independently of the credentials, and cannot leave the state folder", async () => {
    const sandbox = await start();
    const folder = (): string => mkdtempSync(join(tmpdir(), "dagster-sigma-state-"));
    const stateDir = folder();
    await depsOf(sandbox, { stateDir, stateKey: "acme" });
    const before = sandbox.log.requests.length;
    const others = new SigmaOrganization({ ...sandbox, clientId: "rotated" });
    await loadSigmaAssetSpecs(others, { stateDir, stateKey: "acme" });
    expect(sandbox.log.requests.length).toBe(before);
    expect(readdirSync(stateDir).every((name) => name.startsWith("acme-"))).toBe(true);
    for (const stateKey of ["../outside", "a/b", ".hidden", "é".repeat(300)]) {
      const inside = folder();
      await depsOf(sandbox, { stateDir: inside, stateKey });
      expect(readdirSync(inside).filter((name) => name.endsWith(".ndjson"))).toHaveLength(1);
    }
  });
});
