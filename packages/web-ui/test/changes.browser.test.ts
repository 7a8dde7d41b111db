import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import {
  AssetSpec,
  Definitions,
  TableColumnDep,
  TableColumnLineage,
  TableSchema,
} from "@dagster-sigma/asset-graph";
import { createStaticDefinitionsSource, InProcessDefinitionsSource } from "@dagster-sigma/definitions-host";
import type { Browser } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { type EarlierGraphs, pageOutlet } from "../src/index.ts";
import { needsChromium, startChromium } from "./chromium.ts";
import { largeDefinitions } from "./large-definitions.ts";
import { openPage } from "./open-page.ts";
import { hostileName } from "./sample-definitions.ts";
import { dataModelKind, workbookKind } from "./sample-kinds.ts";

const browser = await startChromium();
afterAll(() => browser?.close());
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface Parts {
  readonly kind: typeof workbookKind;
  readonly name: string;
  readonly folder: readonly string[];
  readonly deps: readonly string[];
  readonly columns?: Readonly<Record<string, readonly [asset: string, column: string] | null>>;
  readonly owners?: readonly string[];
}

function asset(id: string, { kind, name, folder, deps, columns = {}, owners = [] }: Parts): AssetSpec {
  const sources = Object.entries(columns).flatMap(([column, from]) =>
    from === null ? [] : [[column, [new TableColumnDep(...from)]] as const],
  );
  return new AssetSpec({
    key: name.replace(/\W+/g, "_"),
    deps,
    owners,
    presentation: { name, kind, folder, url: `https://app.example.com/${id}`, urlLabel: "Open in Sigma" },
    origin: {
      label: name,
      load: null,
      object: { tool: "t", type: kind.id, id, organization: null, version: null },
    },
    metadata: {
      "dagster/column_schema": new TableSchema({
        columns: Object.keys(columns).map((column) => ({ name: column })),
      }),
      "dagster/column_lineage": new TableColumnLineage(Object.fromEntries(sources)),
    },
  });
}

const model = (columns: Parts["columns"]): AssetSpec =>
  asset("m", {
    kind: dataModelKind,
    name: "Sales",
    folder: ["Models"],
    deps: ["orders"],
    ...(columns && { columns }),
  });
const board = (net: readonly [string, string] | null): AssetSpec =>
  asset("b", {
    kind: workbookKind,
    name: "Board",
    folder: ["Finance"],
    deps: ["Sales"],
    columns: { "Chart/Net": net, "Chart/Tax": ["Sales", "Tax"] },
    owners: ["ann@example.com"],
  });
const workbook = (id: string, name: string, folder: readonly string[]): AssetSpec =>
  asset(id, { kind: workbookKind, name, folder, deps: ["Sales"] });

const before = new Definitions({
  assets: [
    model({ Net: ["orders", "NET"], Tax: ["orders", "TAX"] }),
    board(["Sales", "Net"]),
    workbook("r", "Old name", ["Finance"]),
    workbook("g", hostileName, ["Archive"]),
    workbook("s", "Same", ["Finance"]),
  ],
});
const now = new Definitions({
  assets: [
    model({ Tax: ["orders", "TAX"] }),
    board(null),
    workbook("r", "New name", ["Sales"]),
    workbook("n", "Fresh", ["Finance"]),
    workbook("s", "Same", ["Finance"]),
  ],
});

/** Two kept states: a good one, and one that cannot be loaded. */
function earlierGraphs(definitions: Definitions): EarlierGraphs & { readonly loads: () => number } {
  let loads = 0;
  return {
    loads: () => loads,
    list: async () => [
      { id: "2026-11-29T06:00:00.000Z", fetchedAt: "2026-11-29T06:00:00.000Z", file: null },
      { id: "2026-11-28T06:00:00.000Z", fetchedAt: "2026-11-28T06:00:00.000Z", file: null },
    ],
    load: async (id) => {
      loads++;
      if (id.startsWith("2026-11-28")) throw new Error("The definitions file has a mistake.");
      return { content: pageOutlet().encode(definitions), wallMs: 1_234 };
    },
    close: async () => undefined,
  };
}

describe.skipIf(browser === null)(`the Changes view in the browser ${needsChromium}`, () => {
  const real = browser as Browser;

  it("compares with the newest kept state, says what breaks, filters, exports, and has an address", async () => {
    const source = createStaticDefinitionsSource(now, pageOutlet());
    const { page, complaints } = await openPage(real, source, {
      path: "?picture=overview",
      bypassCSP: true,
      serverOptions: { earlier: earlierGraphs(before) },
    });
    await page.getByRole("button", { name: "Changes", exact: true }).click();
    const view = page.locator(".changes");
    await view.getByText("1 asset added, 1 removed, 3 changed. 1 change breaks 1 asset.").waitFor();
    await view.getByText("Loading the earlier state took 1.2 s.").waitFor();
    const row = (name: string) => view.locator("tbody tr").filter({ hasText: name });
    expect(await row("removed columns: Net").locator("td").allTextContents()).toEqual([
      "≠ changed",
      "Sales",
      "Models",
      "removed columns: Net",
      "BoardChart/Netann@example.comOpen in Sigma ↗",
    ]);
    expect(await row("New name").textContent()).toContain("renamed from Old name");
    expect(await row("New name").textContent()).toContain("moved from Finance to Sales");
    expect(await row("+ added").textContent()).toContain("Fresh");
    expect(await row("− removed").textContent()).toContain(hostileName);
    expect(await view.locator("tbody tr", { hasText: "Same" }).count()).toBe(0);

    const [file] = await Promise.all([
      page.waitForEvent("download"),
      view.getByRole("button", { name: "Save as CSV" }).click(),
    ]);
    const csv = readFileSync(await file.path(), "utf8").split("\r\n");
    expect(csv[0]).toBe("Change,Name,Key,What changed,Breaks,Owners of what breaks");
    expect(csv.find((line) => line.includes("Sales,Sales"))).toBe(
      "changed,Sales,Sales,removed columns: Net,Board (Chart: Net),ann@example.com",
    );

    await view.getByLabel("Only what breaks something").check();
    expect(await view.locator("tbody tr").count()).toBe(1);
    const address = new URL(page.url());
    expect([address.searchParams.get("since"), address.searchParams.get("breaking")]).toEqual([
      "2026-11-29T06:00:00.000Z",
      "1",
    ]);
    await page.reload();
    await view.getByText("1 change breaks 1 asset.").waitFor();
    expect(await view.locator("tbody tr").count()).toBe(1);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await page.addScriptTag({ content: axe });
      expect(
        await page.evaluate(
          "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes[0].html))",
        ),
      ).toEqual([]);
    }
    expect(complaints).toEqual([]);
  });

  it("marks what changed on the overview, in the lineage and in the panel, with signs and words", async () => {
    const source = createStaticDefinitionsSource(now, pageOutlet());
    const { page, complaints } = await openPage(real, source, {
      path: "?view=changes",
      serverOptions: { earlier: earlierGraphs(before) },
    });
    await page.getByRole("button", { name: "Show on the graph" }).click();
    await page.locator(".overview-box").first().waitFor();
    const notes = await page.locator(".overview-box .note").allTextContents();
    expect(notes).toContain("× uses something that was removed");
    expect(notes).toContain("+ new");
    expect(notes).toContain("≠ changed");
    await page.locator('.overview-box[title="Board"]').click();
    const card = page.locator('.lineage-card[aria-current="true"]');
    await card.waitFor();
    expect(await card.locator(".change").textContent()).toBe("× uses something that was removed");
    expect(await page.locator(".panel header .change").textContent()).toBe(
      "× uses something that was removed",
    );
    expect(complaints).toEqual([]);
  });

  it("says why a state cannot be loaded, and that none is kept", async () => {
    const source = createStaticDefinitionsSource(now, pageOutlet());
    const earlier = earlierGraphs(before);
    const { page } = await openPage(real, source, {
      path: "?view=changes&since=2026-11-28T06:00:00.000Z",
      serverOptions: { earlier },
    });
    await page.getByRole("alert").getByText("The definitions file has a mistake.").waitFor();
    await page.getByLabel("Since").selectOption({ label: "the refresh of 2026-11-29 06:00 UTC" });
    await page.getByText("1 change breaks 1 asset.").waitFor();
    expect(earlier.loads()).toBeGreaterThan(1);

    const none = await openPage(real, createStaticDefinitionsSource(now, pageOutlet()), {
      path: "?view=changes",
    });
    await none.page.getByText("No earlier state is kept yet.").waitFor();
    await none.page.goto(`${none.url}?view=changes&since=2020-01-01T00:00:00.000Z`);
    await none.page.getByRole("alert").getByText("This state is not kept any more.").waitFor();
    expect(none.complaints.filter((text) => !text.includes("404"))).toEqual([]);
  });

  it("marks a change that arrives while the page is open, and compares with the page as it was opened", async () => {
    let definitions = before;
    const source = new InProcessDefinitionsSource({
      outlet: pageOutlet(),
      definitions,
      load: () => definitions,
    });
    const { page, complaints } = await openPage(real, source, { path: "?picture=overview" });
    await page.locator(".overview-box").first().waitFor();
    definitions = now;
    await source.reload();
    await page.getByText("5 assets changed just now (1 added, 1 removed).").waitFor();
    await page.getByLabel("Show on boxes").selectOption({ label: "Changes" });
    await page.locator(".overview-box .note", { hasText: "+ new" }).waitFor();
    await page.getByRole("button", { name: "What changed" }).click();
    await page.locator(".changes").getByText("1 change breaks 1 asset.").waitFor();
    await page.getByRole("button", { name: "Close this message" }).click();
    await page.getByText("changed just now").waitFor({ state: "detached" });
    expect(complaints).toEqual([]);
  });

  it.each([1_000, 10_000])("compares %i assets", async (count) => {
    const large = largeDefinitions(count);
    const gone = new Definitions({ assets: large.assets.slice(0, -25) });
    const source = createStaticDefinitionsSource(gone, pageOutlet());
    const { page, complaints } = await openPage(real, source, {
      path: "?view=changes",
      serverOptions: { earlier: earlierGraphs(large) },
    });
    await page.getByText("0 assets added, 25 removed, 0 changed.").waitFor();
    expect(await page.locator(".changes tbody tr").count()).toBe(25);
    expect(complaints).toEqual([]);
  });
});
