import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { AssetSpec } from "@dagster-sigma/asset-graph";
import {
  generateOrganization,
  type Organization,
  type Sandbox,
  startSandbox,
} from "@dagster-sigma/sigma-sandbox";
import { describe, expect, it, onTestFinished } from "vitest";
import { LineChecksums } from "../../src/fetch/store/line-checksums.ts";
import {
  type LoadSigmaAssetSpecsOptions,
  loadSigmaAssetSpecs,
  SigmaOrganization,
  type SigmaTranslatorData,
} from "../../src/index.ts";

async function start(): Promise<{
  readonly organization: Organization;
  readonly sandbox: Sandbox;
  readonly stateDir: string;
  readonly graphs: () => readonly string[];
  readonly stateFile: () => string;
  /** Notes of the last load. */
  readonly notes: () => readonly string[];
  readonly load: (options?: LoadSigmaAssetSpecsOptions) => Promise<string>;
}> {
  const organization = generateOrganization({ workbooks: 12, seed: 7 });
  const sandbox = await startSandbox({ organization });
  onTestFinished(() => sandbox.close());
  const stateDir = mkdtempSync(join(tmpdir(), "dagster-sigma-state-"));
  let notes: readonly string[] = [];
  return {
    notes: () => notes,
    organization,
    sandbox,
    stateDir,
    graphs: () => readdirSync(stateDir).filter((name) => name.endsWith(".graph")),
    stateFile: () => join(stateDir, readdirSync(stateDir).find((name) => name.endsWith(".ndjson")) ?? ""),
    load: async (options = {}) => {
      const sigma = new SigmaOrganization(sandbox);
      const specs = await loadSigmaAssetSpecs(sigma, { stateDir, ...options });
      const [report] = sigma.loadReports;
      notes = report?.notes ?? [];
      return JSON.stringify([specs.map(withoutOrigin), report?.diagnostics, report?.outcomes]);
    },
  };
}

/** The target of a link; empty if it no longer exists. */
function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return "";
  }
}

function withoutOrigin({ origin: _origin, ...spec }: AssetSpec): object {
  return spec;
}

describe("the graph cache of a state", () => {
  it("is stored next to it per join options, and gives the same result", async () => {
    const { load, graphs, stateDir } = await start();
    const first = await load();
    const [graph = ""] = graphs();
    expect(graphs()).toHaveLength(1);
    expect(await load()).toBe(first);
    // From the cache, not from the state:
    const [kept = ""] = readFileSync(join(stateDir, graph), "utf8").split(',"checksum":"');
    const changed = kept.replaceAll('"ownerEmail":"', '"ownerEmail":"x');
    writeFileSync(join(stateDir, graph), new LineChecksums().seal(`${changed}}`));
    expect(await load()).not.toBe(first);
    await load({ workbookColumns: true });
    expect(graphs()).toHaveLength(2);
  });

  it.each<[string, (file: string) => void]>([
    ["is truncated", (file) => truncateSync(file, 1_000)],
    ["is another file", (file) => writeFileSync(file, "{}")],
    ["is empty", (file) => truncateSync(file, 0)],
    [
      "has one different letter",
      (file) => writeFileSync(file, readFileSync(file, "utf8").replace("name", "nama")),
    ],
    [
      "is a symbolic link",
      (file) => {
        renameSync(file, `${file}.other`);
        symlinkSync(`${file}.other`, file);
      },
    ],
  ])("is computed again with a note if it %s", async (_what, damage) => {
    const { load, graphs, stateDir, notes } = await start();
    const first = await load();
    const file = join(stateDir, graphs()[0] ?? "");
    damage(file);
    expect(await load()).toBe(first);
    expect(notes()).toEqual([`${file} was damaged, and was computed again from the state.`]);
    expect(lstatSync(file).isFile()).toBe(true);
    expect(await load()).toBe(first);
    expect(notes()).toEqual([]);
  });

  it("is computed again without a note if the state changed", async () => {
    const { load, graphs, sandbox, notes } = await start();
    const first = await load();
    const [graph = ""] = graphs();
    sandbox.mutate("rename workbook", 1);
    const renamed = await load({ refresh: true });
    expect(renamed).not.toBe(first);
    expect(await load()).toBe(renamed);
    expect(graphs()).toHaveLength(1);
    expect(graphs()).not.toContain(graph);
    expect(notes()).toEqual([]);
  });

  it("is computed again if the state changed, but not its size", async () => {
    const { load, organization, sandbox, stateFile } = await start();
    await load();
    await load({ workbookColumns: true });
    const { size } = statSync(stateFile());
    const [workbook] = organization.workbooks;
    const name = "N".repeat(workbook?.name.length ?? 0);
    Object.assign(workbook ?? {}, { name });
    sandbox.organizationChanged();
    await load({ refresh: true });
    expect(statSync(stateFile()).size).toBe(size);
    expect(await load({ workbookColumns: true })).toContain(`"${name}"`);
  });

  it("may be deleted: it is computed again without a note", async () => {
    const { load, graphs, stateDir, notes } = await start();
    const first = await load();
    const found = graphs();
    for (const graph of found) rmSync(join(stateDir, graph));
    expect(await load()).toBe(first);
    expect(notes()).toEqual([]);
    expect(graphs()).toEqual(found);
  });

  it("leaves no other file if it cannot be written", async () => {
    const { load, graphs, stateDir } = await start();
    const first = await load();
    const [graph = ""] = graphs();
    rmSync(join(stateDir, graph));
    mkdirSync(join(stateDir, graph));
    const before = readdirSync(stateDir);
    expect(await load()).toBe(first);
    expect(readdirSync(stateDir)).toEqual(before);
  });

  it("is closed after each load", async ({ skip }) => {
    skip(process.platform !== "linux", "only Linux lists the open files of a process");
    const { load, graphs, stateDir } = await start();
    await load();
    for (const graph of graphs()) rmSync(join(stateDir, graph));
    await load();
    await load();
    const open = readdirSync("/proc/self/fd").map((fd) => linkOf(`/proc/self/fd/${fd}`));
    expect(open.filter((file) => file.startsWith(stateDir))).toEqual([]);
  });

  it("has a name that is little longer than the state's, since systems limit the length of a path", async () => {
    const { load, graphs, stateFile } = await start();
    await load();
    expect(graphs()[0]?.length).toBeLessThan(basename(stateFile()).length + 40);
  });

  it("contains no lineage rows", async () => {
    const { load, graphs, stateDir } = await start();
    await load();
    const graph = readFileSync(join(stateDir, graphs()[0] ?? ""), "utf8");
    expect(graph).toContain('"upstreams"');
    expect(graph).not.toContain('"lineage"');
    expect(graph).not.toContain('"sourceIds"');
  });

  it("is not used with rawMetadata", async () => {
    const { load, graphs } = await start();
    const first = await load({ rawMetadata: true });
    expect(graphs()).toEqual([]);
    expect(await load({ rawMetadata: true })).toBe(first);
    expect(first).toContain("dagster_sigma/lineage");
  });
});

describe("lineage rows in a translator", () => {
  const isDocument = (data: SigmaTranslatorData): boolean =>
    data.type === "workbook" || data.type === "dataModel";

  it.each<[string, (data: SigmaTranslatorData) => unknown]>([
    ["data.lineage", (data) => ("lineage" in data ? data.lineage : null)],
    ["a copy of the data", (data) => ({ lineage: null, ...data }).lineage],
    ["organization.lineageOf", ({ organization, id }) => organization.lineageOf(id)],
    [
      "organization.lineageOf with the urlId",
      ({ organization, properties, id }) => {
        const urlId = properties["workbookUrlId"] ?? properties["dataModelUrlId"];
        return organization.lineageOf(typeof urlId === "string" ? urlId : id);
      },
    ],
  ])("are the same from the cache as from a fresh load: %s", async (_way, rowsOf) => {
    const { load, sandbox } = await start();
    const seen = async (): Promise<ReadonlyMap<string, unknown>> => {
      const rows = new Map<string, unknown>();
      await load({
        dagsterSigmaTranslator: (spec, data) => {
          if (isDocument(data)) rows.set(`${data.type} ${data.id}`, rowsOf(data));
          return spec;
        },
      });
      return rows;
    };
    const fresh = await seen();
    sandbox.log.clear();
    const cached = await seen();
    expect(sandbox.log.requests).toEqual([]);
    expect(cached).toEqual(fresh);
    const texts = [...fresh].map(([name, rows]) => `${name} ${JSON.stringify(rows)}`);
    for (const type of ["workbook", "dataModel"])
      expect(texts.some((text) => text.startsWith(type) && text.includes("sourceIds"))).toBe(true);
  });

  it("are not read from the state file unless the translator asks for them", async () => {
    const { load, stateFile } = await start();
    const fresh = await load();
    const file = stateFile();
    const removeThenTranslate = (spec: AssetSpec): AssetSpec => {
      rmSync(file, { force: true });
      return spec;
    };
    expect(await load({ dagsterSigmaTranslator: removeThenTranslate })).toBe(fresh);
  });

  it.each<[string, (file: string) => void]>([
    ["was removed", (file) => rmSync(file, { force: true })],
    ["was cut", (file) => truncateSync(file, 1_000)],
    ["is another file", (file) => writeFileSync(file, "no state")],
  ])("raise an error that names the state file when it %s during the load", async (_what, damage) => {
    const { load, stateFile } = await start();
    await load();
    const file = stateFile();
    const damageThenAsk = (spec: AssetSpec, data: SigmaTranslatorData): AssetSpec => {
      damage(file);
      data.organization.lineageOf(data.id);
      return spec;
    };
    await expect(load({ dagsterSigmaTranslator: damageThenAsk })).rejects.toMatchObject({
      code: "STATE_UNREADABLE",
      message: expect.stringContaining(file),
      hint: expect.stringContaining("refresh --full"),
    });
  });

  it("are in the custom SQL of specs from the cache", async () => {
    const { load } = await start();
    const fresh = await load({ customSql: true });
    expect(fresh).toContain("dagster_sigma/custom_sql");
    expect(await load({ customSql: true })).toBe(fresh);
  });
});
