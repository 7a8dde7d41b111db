import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateOrganization, type Sandbox, startSandbox } from "@dagster-sigma/sigma-sandbox";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { loadSigmaAssetSpecs, SigmaOrganization } from "../../src/index.ts";

type Page = Readonly<Record<string, unknown>> & { readonly entries: readonly Record<string, unknown>[] };

describe("a listing that contradicts itself", () => {
  let sandbox: Sandbox;
  let stateDir: string;
  beforeEach(async () => {
    sandbox = await startSandbox({ organization: generateOrganization({ workbooks: 5, seed: 4 }) });
    onTestFinished(() => sandbox.close());
    stateDir = mkdtempSync(join(tmpdir(), "dagster-sigma-incomplete-"));
  });

  /** Loads with changed answers of a route. */
  async function load(path: RegExp = /^$/, change: (page: Page) => object = (page) => page) {
    const sigma = new SigmaOrganization({
      ...sandbox,
      fetch: async (url, init) => {
        const response = await fetch(url, init);
        const text = await response.text();
        const isChanged = path.test(new URL(url).pathname);
        return {
          status: response.status,
          headers: response.headers,
          text: () => Promise.resolve(isChanged ? JSON.stringify(change(JSON.parse(text) as Page)) : text),
        };
      },
    });
    const specs = await loadSigmaAssetSpecs(sigma, { stateDir, refresh: true });
    const diagnostics = sigma.loadReports.flatMap((report) => report.diagnostics);
    return {
      keys: specs.map(({ key }) => key.toString()),
      diagnostics,
      named: (code: string) => diagnostics.filter((each) => each.code === code),
    };
  }
  const workbooks = /^\/v2\/workbooks$/;
  const requests = (): number => sandbox.log.counts["GET /v2/workbooks"] ?? 0;

  it("with a total above its rows is listed again and reported, and deletes nothing", async () => {
    const honest = await load();
    const before = requests();
    const lost: string[] = [];
    const dropFirst = ({ entries, ...page }: Page): object => {
      lost.push(String(entries[0]?.["workbookId"]));
      return { ...page, entries: entries.slice(1) };
    };
    const short = await load(workbooks, dropFirst);
    expect(requests() - before).toBe(2);
    expect(short.keys).toEqual(honest.keys);
    const [diagnostic, ...others] = short.named("LIST_INCOMPLETE");
    expect(others).toEqual([]);
    expect(diagnostic).toMatchObject({
      severity: "warning",
      message: expect.stringMatching(
        /^GET \/v2\/workbooks: Sigma says that there are (\d+) rows, and returned \d+,/,
      ),
    });
    expect(short.named("DOCUMENT_STALE").map(({ object }) => object?.id)).toEqual([lost[0]]);
    const again = await load(workbooks, dropFirst);
    expect(again.keys).toEqual(honest.keys);
    const healed = await load();
    expect(healed.keys).toEqual(honest.keys);
    expect(healed.diagnostics).toEqual(honest.diagnostics);
  });

  it("with more rows but no next page fails the refresh, and the state does not change", async () => {
    await load();
    const [name = ""] = readdirSync(stateDir).filter((file) => file.endsWith(".ndjson"));
    const before = readFileSync(join(stateDir, name), "utf8");
    const failing = load(workbooks, (page) => ({
      ...page,
      entries: page.entries.slice(0, 2),
      hasMore: "true",
    }));
    await expect(failing).rejects.toMatchObject({ code: "LIST_INCOMPLETE" });
    expect(readFileSync(join(stateDir, name), "utf8")).toBe(before);
  });

  it("of a part of a document is reported for that document, also when it is reused", async () => {
    const columns = /^\/v2\/workbooks\/[^/]+\/columns$/;
    const shortened = (page: Page): object => ({ ...page, total: page.entries.length + 1 });
    const first = await load(columns, shortened);
    const named = first.named("LIST_INCOMPLETE");
    expect(named.length).toBeGreaterThan(1);
    expect(named.every(({ object }) => object?.type === "workbook")).toBe(true);
    const calls = sandbox.log.requests.length;
    expect((await load(columns, shortened)).named("LIST_INCOMPLETE")).toEqual(named);
    expect(sandbox.log.requests.length - calls).toBeLessThan(15);
  });
});
