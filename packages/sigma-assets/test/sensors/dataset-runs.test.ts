import { AssetSpec } from "@dagster-sigma/asset-graph";
import { describe, expect, it } from "vitest";
import { type DatasetRun, datasetRunEvents, type RunsCursor } from "../../src/sensors/dataset-runs.ts";

/** Datasets with runs added by a test, and a clock. */
class Runs {
  readonly #runs: Map<string, DatasetRun[]>;
  readonly down = new Set<string>();
  asked = 0;
  minute = 1_000;
  #cursor: RunsCursor | null = null;
  #count = 0;

  constructor(ids: readonly string[]) {
    this.#runs = new Map(ids.map((id) => [id, []]));
  }

  /** Adds a run that ends now. */
  end(id: string, details: Partial<DatasetRun> = {}): string {
    const finishedAt = new Date(this.minute * 60_000 + this.#count++).toISOString();
    // Latest first, as in Sigma.
    this.#runs.get(id)?.unshift({ status: "success", finishedAt, ...details });
    return `${id} ${finishedAt}`;
  }

  /** The events of an evaluation a minute later, as dataset and time. */
  async tick(limits: { readonly maxDatasets?: number; readonly maxEvents?: number } = {}): Promise<string[]> {
    return (await this.events(limits)).map((event) => {
      const at = event.metadata["dagster_sigma/finished_at"];
      const seconds = at?.type === "timestamp" ? at.value : 0;
      return `${event.assetKey.toUserString()} ${new Date(Math.round(seconds * 1_000)).toISOString()}`;
    });
  }

  async events(
    limits: { readonly maxDatasets?: number; readonly maxEvents?: number } = {},
  ): Promise<Awaited<ReturnType<typeof datasetRunEvents>>["events"]> {
    const { events, cursor } = await datasetRunEvents({
      datasets: new Map([...this.#runs].map(([id]) => [id, new AssetSpec({ key: id })])),
      listRuns: (id) => {
        this.asked++;
        return this.down.has(id)
          ? Promise.reject(new Error("503"))
          : Promise.resolve(this.#runs.get(id) ?? []);
      },
      cursor: this.#cursor,
      now: new Date(this.minute * 60_000),
      maxDatasets: 100,
      maxEvents: 100,
      signal: new AbortController().signal,
      ...limits,
    });
    // As Dagster stores it.
    this.#cursor = JSON.parse(JSON.stringify(cursor));
    this.minute++;
    return events;
  }
}

describe("the materializations of datasets", () => {
  it("are reported once, oldest first, one to two minutes after they end", async () => {
    const runs = new Runs(["a", "b"]);
    const [first, second] = [runs.end("a"), runs.end("a")];
    runs.minute += 5;
    expect(await runs.tick()).toEqual([first, second]);
    const third = runs.end("b");
    expect([await runs.tick(), await runs.tick(), await runs.tick(), await runs.tick()]).toEqual([
      [],
      [],
      [third],
      [],
    ]);
  });

  it("are reported once for any limits of an evaluation", async () => {
    const ids = ["a", "b", "c", "d", "e"];
    for (const limits of [{ maxDatasets: 1 }, { maxDatasets: 2, maxEvents: 1 }, { maxEvents: 3 }]) {
      const runs = new Runs(ids);
      const ended: string[] = [];
      const told: string[] = [];
      for (let tick = 0; tick < 60; tick++) {
        if (tick < 10) for (const id of ids.slice(tick % 3)) ended.push(runs.end(id));
        const before = runs.asked;
        const now = await runs.tick(limits);
        expect(now.length).toBeLessThanOrEqual(limits.maxEvents ?? 100);
        expect(runs.asked - before).toBeLessThanOrEqual(limits.maxDatasets ?? 100);
        told.push(...now);
      }
      for (let tick = 0; tick < 60; tick++) told.push(...(await runs.tick(limits)));
      expect([...told].sort()).toEqual([...ended].sort());
    }
  });

  it("of a dataset that cannot be fetched are reported later", async () => {
    const runs = new Runs(["a", "b"]);
    const ended = [runs.end("a"), runs.end("b")];
    runs.minute += 5;
    runs.down.add("a");
    expect(await runs.tick()).toEqual([ended[1]]);
    runs.minute += 5;
    expect(await runs.tick()).toEqual([]);
    runs.down.clear();
    expect(await runs.tick()).toEqual([ended[0]]);
    expect(await runs.tick()).toEqual([]);
  });

  it("are observations with the error if they failed; none are fetched with maxDatasets 0", async () => {
    const runs = new Runs(["a"]);
    runs.end("a", { status: "failed", error: "The warehouse was suspended." });
    runs.end("a", { status: "swept" });
    runs.end("a", { numRows: 12, numBytes: 3_000, runtimeSecs: 1.5 });
    expect(await runs.tick({ maxDatasets: 0 })).toEqual([]);
    expect(runs.asked).toBe(0);
    runs.minute += 5;
    const events = await runs.events();
    expect(events.map(({ type }) => type)).toEqual(["observation", "materialization"]);
    expect(events[0]?.metadata["dagster_sigma/error"]?.value).toBe("The warehouse was suspended.");
    expect(events[1]?.metadata).toMatchObject({
      "dagster/row_count": { type: "int", value: 12 },
      "dagster_sigma/size_bytes": { type: "int", value: 3_000 },
      "dagster_sigma/runtime_seconds": { type: "float", value: 1.5 },
    });
  });

  it("have the message of an error that is an object, or its code without one", async () => {
    const runs = new Runs(["a", "b"]);
    runs.end("a", {
      status: "failed",
      error: { code: "suspended", message: "The warehouse was suspended." },
    });
    runs.end("b", { status: "failed", error: { code: "suspended" } });
    runs.minute += 5;
    const errors = (await runs.events()).map(({ metadata }) => metadata["dagster_sigma/error"]?.value);
    expect([...errors].sort()).toEqual(["The warehouse was suspended.", "suspended"]);
  });

  it("are observations with their status if they ended in another way, known or not", async () => {
    const runs = new Runs(["a"]);
    const others = ["canceled", "expired", "skipped", "FAILED", "somethingNew"];
    for (const status of others) runs.end("a", { status });
    for (const status of ["marked", "Swept"]) runs.end("a", { status });
    runs.end("a", { status: "Success", numRows: 3 });
    runs.minute += 5;
    const events = await runs.events();
    const statusOf = ({ type, metadata }: (typeof events)[number]): readonly unknown[] => [
      type,
      metadata["dagster_sigma/run_status"]?.value,
      metadata["dagster_sigma/error"]?.value,
    ];
    expect(events.map(statusOf)).toEqual([
      ...others.map((status) => ["observation", status, undefined]),
      ["materialization", "Success", undefined],
    ]);
    expect(events.at(-1)?.metadata["dagster/row_count"]?.value).toBe(3);
  });
});
