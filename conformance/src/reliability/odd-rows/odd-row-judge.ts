import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ManualClock } from "@dagster-sigma/foundation";
import { loadSigmaAssetSpecs, SigmaOrganization } from "@dagster-sigma/sigma-assets";
import { type Organization, type Sandbox, startSandbox } from "@dagster-sigma/sigma-sandbox";
import { type AnswerMutation, isInRow } from "./answer-mutations.ts";
import { MutatingProxy } from "./mutating-proxy.ts";
import { isOtherObject, isShownAsSent } from "./shown-as-sent.ts";

/** The attributes of an asset as texts; ids replace the keys of other assets. */
type Attributes = ReadonlyMap<string, string>;

interface LoadedOrganization {
  /** By Sigma's id. */
  readonly assets: ReadonlyMap<string, Attributes>;
  /** Ids of the assets that an asset reads. */
  readonly reads: ReadonlyMap<string, readonly string[]>;
  readonly diagnostics: ReadonlySet<string>;
}

/** The result of one mutation. */
export interface JudgedOddRow {
  /**
   * `same`: the same graph. `reported`: another graph, and a diagnostic. `shown`: the value is possible, and an attribute shows
   * it. `refused`: the load failed with an error code. `wrong`: anything else.
   */
  readonly outcome: "same" | "reported" | "shown" | "refused" | "wrong";
  /** Code of the error. */
  readonly code: string | null;
  readonly problems: readonly string[];
}

const options = {
  workbookColumns: true,
  materializationSchedules: true,
  fetchBadges: true,
  customSql: true,
  stateKey: "odd",
} as const;
const maxMs = 60_000;

/** Loads one organization with one changed value at a time, and compares the graph with that without the change. */
export class OddRowJudge {
  readonly proxy: MutatingProxy;
  readonly #sandbox: Sandbox;
  readonly #healthyDir: string;
  readonly #healthy: LoadedOrganization;

  private constructor(
    sandbox: Sandbox,
    proxy: MutatingProxy,
    healthyDir: string,
    healthy: LoadedOrganization,
  ) {
    this.#sandbox = sandbox;
    this.proxy = proxy;
    this.#healthyDir = healthyDir;
    this.#healthy = healthy;
  }

  /** @param prepare sets faults, so that other routes are used */
  static async start(organization: Organization, prepare: (sandbox: Sandbox) => void): Promise<OddRowJudge> {
    const sandbox = await startSandbox({ organization });
    prepare(sandbox);
    const proxy = new MutatingProxy(sandbox);
    const healthyDir = mkdtempSync(join(tmpdir(), "dagster-sigma-odd-"));
    const healthy = await load(sandbox, proxy, healthyDir, false);
    return new OddRowJudge(sandbox, proxy, healthyDir, healthy);
  }

  /** @param isRefresh whether to refresh the state without the change, instead of loading from scratch */
  async judge(mutation: AnswerMutation, isRefresh: boolean): Promise<JudgedOddRow> {
    const stateDir = mkdtempSync(join(tmpdir(), "dagster-sigma-odd-"));
    if (isRefresh) cpSync(this.#healthyDir, stateDir, { recursive: true });
    this.proxy.mutate(mutation);
    try {
      const loaded = await withTimeLimit(load(this.#sandbox, this.proxy, stateDir, isRefresh));
      return this.#compare(mutation, loaded, isRefresh);
    } catch (thrown) {
      const code = (thrown as { readonly code?: string }).code ?? null;
      const isAllowed = code !== null && code !== "UNEXPECTED" && !isInRow(mutation);
      const problems = isAllowed ? [] : [`the load failed: ${String(thrown).slice(0, 300)}`];
      return { outcome: isAllowed ? "refused" : "wrong", code, problems };
    } finally {
      this.proxy.mutate(null);
      rmSync(stateDir, { recursive: true, force: true });
    }
  }

  async close(): Promise<void> {
    await this.#sandbox.close();
    rmSync(this.#healthyDir, { recursive: true, force: true });
  }

  #compare(mutation: AnswerMutation, loaded: LoadedOrganization, isRefresh: boolean): JudgedOddRow {
    const healthy = this.#healthy;
    const isReported = [...loaded.diagnostics].some((text) => !healthy.diagnostics.has(text));
    const related = this.#relatedTo(mutation);
    const problems: string[] = [];
    let [different, shown] = [0, 0];
    for (const [id, before] of healthy.assets) {
      const now = loaded.assets.get(id);
      const changed = now === undefined ? ["asset"] : differences(before, now);
      if (changed.length === 0) continue;
      different++;
      if (related !== null && !related.has(id)) problems.push(`unrelated: ${id} ${changed.join()}`);
      if (now === undefined && isRefresh && !isOtherObject(mutation))
        problems.push(`a refresh removed ${id}`);
      const silent = changed.filter(
        (attribute) => !isShownAsSent(mutation, attribute) && !(now === undefined && isOtherObject(mutation)),
      );
      if (silent.length === 0) shown++;
      else if (!isReported) problems.push(`not reported: ${id} ${silent.join()}`);
    }
    for (const id of loaded.assets.keys())
      if (!healthy.assets.has(id) && !isOtherObject(mutation)) problems.push(`added: ${id}`);
    if (problems.length > 0) return { outcome: "wrong", code: null, problems };
    const outcome = different === 0 ? "same" : isReported ? "reported" : shown > 0 ? "shown" : "reported";
    return { outcome, code: null, problems };
  }

  /** The document of the changed row and its readers; null if the row is of no document. */
  #relatedTo({ request, at }: AnswerMutation): ReadonlySet<string> | null {
    const [, collection, ofPath] =
      /^\/v2\/(workbooks|dataModels|datasets)(?:\/([^/?]+))?/.exec(request) ?? [];
    if (collection === undefined) return null;
    const index = at[1];
    const own = ofPath ?? (typeof index === "number" ? this.#idInListing(request, index) : undefined);
    if (own === undefined) return null;
    const related = new Set([own]);
    const { reads } = this.#healthy;
    for (let size = 0; size < related.size; ) {
      size = related.size;
      for (const [id, read] of reads) if (read.some((each) => related.has(each))) related.add(id);
    }
    // The columns and sources of a dataset come from its readers if Sigma does not list them.
    const queue = [...related];
    for (let id = queue.pop(); id !== undefined; id = queue.pop())
      for (const read of reads.get(id) ?? []) {
        if (!related.has(read)) queue.push(read);
        related.add(read);
      }
    return related;
  }

  #idInListing(request: string, index: number): string | undefined {
    const { entries } = JSON.parse(this.proxy.answers.get(request) ?? "{}") as {
      readonly entries?: readonly Readonly<Record<string, unknown>>[];
    };
    const row = entries?.[index] ?? {};
    const id = row["workbookId"] ?? row["dataModelId"] ?? row["datasetId"];
    return typeof id === "string" ? id : undefined;
  }
}

async function load(
  { baseUrl, clientId, clientSecret }: Sandbox,
  { fetch }: MutatingProxy,
  stateDir: string,
  refresh: boolean,
): Promise<LoadedOrganization> {
  // Waiting takes no time.
  const sigma = new SigmaOrganization({
    baseUrl,
    clientId,
    clientSecret,
    fetch,
    clock: new ManualClock(Date.now()),
  });
  const specs = await loadSigmaAssetSpecs(sigma, { ...options, stateDir, refresh });
  const texts = specs.map(({ origin: _origin, ...spec }) => JSON.parse(JSON.stringify(spec)) as SpecJson);
  const ids = new Map(texts.map((spec) => [JSON.stringify(spec.key), idOf(spec)]));
  const report = sigma.loadReports.at(-1);
  return {
    assets: new Map(texts.map((spec) => [idOf(spec), attributesOf(spec, ids)])),
    reads: new Map(
      texts.map((spec) => [
        idOf(spec),
        spec.deps.flatMap(({ assetKey }) => ids.get(JSON.stringify(assetKey)) ?? []),
      ]),
    ),
    diagnostics: new Set((report?.diagnostics ?? []).map(({ code, message }) => `${code} ${message}`)),
  };
}

interface SpecJson extends Readonly<Record<string, unknown>> {
  readonly key: unknown;
  readonly deps: readonly { readonly assetKey: unknown }[];
  readonly metadata: Readonly<Record<string, { readonly value?: unknown }>>;
}

function idOf(spec: SpecJson): string {
  return String(spec.metadata["dagster_sigma/id"]?.value);
}

function attributesOf(spec: SpecJson, ids: ReadonlyMap<string, string>): Attributes {
  const { key: ownKey, metadata, deps, ...rest } = spec;
  const textOf = (value: unknown): string => {
    const text = JSON.stringify(value) ?? "";
    // A renamed upstream asset is the same asset.
    return text.replace(/\["[^[\]]*"\]/g, (key) => ids.get(key) ?? key);
  };
  return new Map([
    ["key", JSON.stringify(ownKey)],
    ["deps", textOf(deps.map(({ assetKey }) => assetKey))],
    ["deps metadata", textOf(deps)],
    ...Object.entries(rest).map(([name, value]) => [name, textOf(value)] as const),
    ...Object.entries(metadata).map(([name, value]) => [name, textOf(value)] as const),
  ]);
}

function differences(before: Attributes, now: Attributes): readonly string[] {
  const names = new Set([...before.keys(), ...now.keys()]);
  return [...names].filter((name) => before.get(name) !== now.get(name));
}

async function withTimeLimit<Result>(work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no end within ${maxMs / 1_000} s`)), maxMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
