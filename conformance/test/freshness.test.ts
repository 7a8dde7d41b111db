import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { Actor } from "../../packages/dagster-sigma/test/answers/actor.ts";
import { startCommand } from "../../packages/dagster-sigma/test/run-command.ts";
import { needsChromium, startChromium } from "../../packages/web-ui/test/chromium.ts";
import { expectedUpstream, startFailingUpstream, upstreamStates } from "../src/dagster/failing-upstream.ts";
import { dagsterPython, needsPython } from "./reference.ts";

const python = (await dagsterPython()) ?? "";
const browser = await startChromium();
afterAll(() => browser?.close());

const definitions = `import { AssetSpec, Definitions } from "dagster-sigma";
const spec = (key, ...path) => new AssetSpec({ key, deps: [path] });
export default new Definitions({
  assets: [
    spec("Sales", "shop", "orders"),
    spec("Revenue Overview", "Sales"),
    spec("Customer List", "shop", "customers"),
    spec("Calm", "shop", "calm"),
  ],
});
`;

describe.skipIf(python === "" || browser === null)(`dev --dagster ${needsPython} ${needsChromium}`, () => {
  it("says that a workbook is stale, because of which failed asset, with links into Dagster", async () => {
    const { dagster, failedRun } = await startFailingUpstream(python);
    onTestFinished(() => dagster.close());
    expect(await upstreamStates(dagster)).toEqual(expectedUpstream);

    const file = join(mkdtempSync(join(tmpdir(), "dagster-sigma-freshness-")), "definitions.ts");
    writeFileSync(file, definitions);
    const dev = startCommand(["dev", "-f", file, "--port", "0", "--json", "--dagster", dagster.url]);
    onTestFinished(async () => void (await dev.stop()));
    const { url } = JSON.parse(await dev.outWith("}\n")) as { readonly url: string };
    const page = await (browser as Browser).newPage({ viewport: { width: 1_440, height: 860 } });
    page.setDefaultTimeout(20_000);
    await page.goto(url);
    // Two actions from the start page lead to the answer.
    const actor = new Actor(page);
    await page.locator(".overview-box").first().waitFor();
    await actor.type(page.getByRole("combobox", { name: /^Find/ }), "revenue overview");
    await page.getByRole("listbox").getByRole("option").first().waitFor();
    await actor.press("Enter");
    expect(actor.actions).toBeLessThanOrEqual(3);
    const section = page.getByRole("region", { name: "In Dagster" });
    await section.getByText("Stale, because this failed:").waitFor();
    expect(await section.locator(".stale-path li").allTextContents()).toEqual([
      "orders",
      "Sales",
      "Revenue Overview",
    ]);
    expect(await section.textContent()).toContain("Dagster does not know this asset.");
    await section.locator(".stale-path").getByRole("button", { name: "orders" }).click();
    await section.getByText("It failed.").waitFor();
    const run = section.getByRole("link", { name: "failure ↗" });
    expect(await run.getAttribute("href")).toBe(`${dagster.url.replace(/\/$/, "")}/runs/${failedRun}`);
    expect(await section.getByRole("link", { name: "Open in Dagster ↗" }).getAttribute("href")).toBe(
      `${dagster.url.replace(/\/$/, "")}/assets/shop/orders`,
    );
    await page.goto(`${url}?lens=fresh`);
    const note = (title: string) => page.locator(`.overview-box[title="${title}"]`).textContent();
    await page.locator(".overview-box .note", { hasText: "stale" }).first().waitFor();
    expect(await note("Customer List")).toContain("stale: something upstream has a failed check");
    expect(await note("Calm")).not.toContain("stale");
  }, 150_000);
});
