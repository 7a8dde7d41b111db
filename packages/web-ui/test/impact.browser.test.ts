import type { Browser } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { needsChromium, startChromium } from "./chromium.ts";
import { openPage } from "./open-page.ts";
import { sampleSource } from "./sample-definitions.ts";

const browser = await startChromium();
afterAll(() => browser?.close());

describe.skipIf(browser === null)(`the impact in the browser ${needsChromium}`, () => {
  const real = browser as Browser;

  it("names elements and columns of what reads a table, narrows to pasted columns, groups, and writes messages", async () => {
    const { page, complaints } = await openPage(real, sampleSource(), {
      path: "?view=impact&asset=shop/sales/orders",
    });
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    const view = page.locator(".impact");
    await view.getByRole("heading", { name: "What breaks if orders changes?" }).waitFor();
    const row = (name: string) =>
      view.locator("tbody tr", { has: page.locator(".asset-link .name", { hasText: name }) }).first();
    await row("Board").waitFor();
    expect(await row("Board").textContent()).toContain("Chart: Revenue");
    expect(await row("Board").textContent()).toContain("Sales · 2 steps");
    expect(await row("Sales").textContent()).toContain("directly");

    const sales = row("Sales");
    await sales.locator("summary").click();
    await sales.locator(".formulas code", { hasText: "Sum([orders/NET])" }).waitFor();

    const field = view.getByRole("combobox", { name: "Add columns" });
    await field.fill("net, nothing");
    await field.press("Enter");
    await view.getByRole("heading", { name: "What breaks if NET of orders changes?" }).waitFor();
    await view.getByText("There is no column nothing.").waitFor();
    expect(await view.locator("header > p").textContent()).toContain(
      "Of 3 assets downstream, 2 use the column for certain, 1 may use it (their columns are not loaded)",
    );
    expect(new URL(page.url()).searchParams.get("column")).toBe("NET");

    await view.getByLabel("Group by").selectOption({ label: "owner" });
    await view.getByRole("rowheader", { name: /^bob@example.com 1$/ }).waitFor();
    await view
      .getByRole("listitem")
      .filter({ hasText: "bob@example.com" })
      .getByRole("button", { name: "Copy message" })
      .click();
    await view.getByText("Copied").waitFor();
    const copied = (await page.evaluate("navigator.clipboard.readText()")) as string;
    expect(copied).toContain("NET of orders is about to change.");
    expect(copied).toContain("https://app.example.com/board");
    expect(copied).not.toContain("Hostile");
    await view.getByRole("button", { name: "Copy addresses" }).click();
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe("ann@example.com, bob@example.com");
    await page.emulateMedia({ media: "print" });
    expect(await page.locator(".header").isVisible()).toBe(false);
    expect(await row("Board").isVisible()).toBe(true);
    expect(complaints).toEqual([]);
  });
});
