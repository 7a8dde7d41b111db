import { readFileSync } from "node:fs";
import { AssetSpec, Definitions, TableColumnDep, TableColumnLineage } from "@dagster-sigma/asset-graph";
import { createStaticDefinitionsSource } from "@dagster-sigma/definitions-host";
import type { Browser } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { pageOutlet } from "../src/index.ts";
import { needsChromium, startChromium } from "./chromium.ts";
import { largeDefinitions } from "./large-definitions.ts";
import { openPage } from "./open-page.ts";
import { sampleSource } from "./sample-definitions.ts";

const browser = await startChromium();
afterAll(() => browser?.close());

describe.skipIf(browser === null)(`comparing selections and columns in the browser ${needsChromium}`, () => {
  const real = browser as Browser;

  it("lists what only one of two selections has, in an address, and reports a mistake in the second", async () => {
    const { page, complaints } = await openPage(real, sampleSource(), {
      path: `?view=catalog&select=${encodeURIComponent('key:"shop/sales/orders"+')}`,
    });
    const form = page.locator(".compare-selections");
    const second = form.getByLabel("Compare with the selection");
    await second.fill('key:"Board"+ or key:"shop/crm/customers"');
    await form.getByRole("button", { name: "Compare" }).click();
    await form.getByText("3 only in the first, 1 only in the second, 1 in both").waitFor();
    const groups = page.locator(".catalog .group-row");
    expect(await groups.allTextContents()).toEqual(["both 1", "first only 3", "second only 1"]);
    await page.reload();
    await form.getByText("1 in both").waitFor();
    const row = page.locator(".catalog tbody tr", { hasText: "customers" });
    expect(await row.locator(".in-selectedBy").textContent()).toBe("second only");
    await second.fill("key:(");
    await form.getByRole("button", { name: "Compare" }).click();
    await form.getByRole("alert").waitFor();
    await form.getByRole("button", { name: "Only the first" }).click();
    await groups.first().waitFor({ state: "detached" });
    expect(await page.locator(".catalog tbody tr:not(.spacer)").count()).toBe(4);
    expect(complaints).toEqual([]);
  });

  it("hides columns of the catalog, also in its CSV and its address", async () => {
    const { page } = await openPage(real, sampleSource(), { path: "?view=catalog" });
    await page.locator(".column-choice summary").click();
    for (const name of ["Folder", "Used by"])
      await page.getByRole("checkbox", { name, exact: true }).uncheck();
    expect(await page.locator(".catalog thead th").allTextContents()).not.toContain("Folder ");
    await page.reload();
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Save as CSV" }).click(),
    ]);
    const [head] = readFileSync(await file.path(), "utf8").split("\r\n");
    expect(head).toBe("Name,Kind,Owner,Fed by,Columns,Changed,Health,Key,URL");
  });

  it("says which of two columns affects an asset", async () => {
    const reader = (key: string, ...columns: readonly string[]): AssetSpec =>
      new AssetSpec({
        key,
        deps: ["orders"],
        metadata: {
          "dagster/column_lineage": new TableColumnLineage({
            Sum: columns.map((column) => new TableColumnDep("orders", column)),
          }),
        },
      });
    const definitions = new Definitions({
      assets: [reader("one", "net"), reader("two", "tax"), reader("both", "net", "tax")],
    });
    const source = createStaticDefinitionsSource(definitions, pageOutlet());
    const { page } = await openPage(real, source, { path: "?picture=overview" });
    const box = page.getByRole("combobox", { name: /^Find/ });
    await box.fill("orders net, tax");
    await page.getByRole("option").first().waitFor();
    await box.press("Enter");
    await page.getByRole("heading", { name: "What breaks if net and tax of orders changes?" }).waitFor();
    await page.getByLabel("Group by").selectOption({ label: "changed column" });
    expect((await page.locator(".impact .group-row").allTextContents()).sort()).toEqual([
      "net and tax 1",
      "only net 1",
      "only tax 1",
    ]);
  });

  it("compares two selections of 10,000 assets", async () => {
    const source = createStaticDefinitionsSource(largeDefinitions(10_000), pageOutlet());
    const { page } = await openPage(real, source, {
      path: `?view=catalog&select=${encodeURIComponent("kind:workbook")}&compare=${encodeURIComponent('key:"warehouse/schema_1/*"+')}`,
    });
    await page
      .locator(".compare-selections")
      .getByText(/only in the first, [\d,]+ only in the second/)
      .waitFor();
  });
});
