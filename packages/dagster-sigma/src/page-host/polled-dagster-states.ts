import { gunzipSync } from "node:zlib";
import { AssetKey } from "@dagster-sigma/asset-graph";
import { type DagsterClient, fetchAssetStates } from "@dagster-sigma/dagster-client";
import type { DefinitionsSource } from "@dagster-sigma/definitions-host";
import { errorText } from "@dagster-sigma/foundation";
import type { DagsterStates, PageContent, PageDagster } from "@dagster-sigma/web-ui";

/** States that are at least this old are fetched again when the page asks, in ms. */
const maxAgeMs = 10_000;

/**
 * Asks a running Dagster about the assets of the page, while someone looks at it. Several browsers share one answer. If Dagster does not
 * answer, the last answer stays, with the error.
 */
export class PolledDagsterStates implements DagsterStates {
  readonly #client: DagsterClient;
  readonly #source: DefinitionsSource<PageContent>;
  readonly #stop = new AbortController();
  #answer: PageDagster;
  #asking: Promise<void> | null = null;
  #triedAtMs = Number.NEGATIVE_INFINITY;
  #keys: { readonly version: string; readonly keys: readonly (readonly string[])[] } | null = null;

  /** @param source the definitions whose assets are asked for */
  constructor(client: DagsterClient, source: DefinitionsSource<PageContent>) {
    this.#client = client;
    this.#source = source;
    const page = client.endpoint.replace(/\/graphql$/, "");
    this.#answer = { url: page, askedAtMs: null, error: null, states: [] };
  }

  async current(): Promise<PageDagster> {
    if (performance.now() - this.#triedAtMs >= maxAgeMs) {
      this.#asking ??= this.#ask().finally(() => {
        this.#asking = null;
      });
    }
    // Later answers take as long as Dagster needs; the page gets what is known, and asks again.
    if (this.#answer.askedAtMs === null) await this.#asking;
    return this.#answer;
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#asking;
  }

  async #ask(): Promise<void> {
    const { signal } = this.#stop;
    try {
      const known = await fetchAssetStates(this.#client, this.#assetKeys(), { signal });
      const states = known.map(({ key, ...state }) => ({
        key: new AssetKey(key).toEscapedUserString(),
        path: key,
        ...state,
      }));
      this.#answer = { url: this.#answer.url, askedAtMs: Date.now(), error: null, states };
    } catch (thrown) {
      this.#answer = { ...this.#answer, error: errorText(thrown) };
    }
    this.#triedAtMs = performance.now();
  }

  /** The keys in the content of the page; unpacked once per version. */
  #assetKeys(): readonly (readonly string[])[] {
    const { content } = this.#source.current();
    if (content === null) return [];
    if (this.#keys?.version !== content.version) {
      const graph = JSON.parse(gunzipSync(content.graph).toString()) as {
        readonly assets: { readonly key: readonly string[] };
      };
      const keys = graph.assets.key.map((key) => AssetKey.fromEscapedUserString(key).path);
      this.#keys = { version: content.version, keys };
    }
    return this.#keys.keys;
  }
}
