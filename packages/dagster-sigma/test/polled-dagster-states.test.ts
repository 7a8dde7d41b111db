import { AssetSpec, Definitions } from "@dagster-sigma/asset-graph";
import { DagsterClient } from "@dagster-sigma/dagster-client";
import { createStaticDefinitionsSource } from "@dagster-sigma/definitions-host";
import { pageOutlet } from "@dagster-sigma/web-ui";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import {
  type SeenRequest,
  sendJson,
  startScriptedDagster,
} from "../../dagster-client/test/scripted-dagster.ts";
import { PolledDagsterStates } from "../src/page-host/polled-dagster-states.ts";

/** Answers as a Dagster that knows `raw/orders`, and another asset that is not in the graph. */
function answerOf({ body }: SeenRequest): object {
  if (body.includes("__type(")) return { data: { __type: { fields: [{ name: "freshnessStatusInfo" }] } } };
  const orders = { path: ["raw", "orders"] };
  if (!body.includes("assetsLatestInfo"))
    return { data: { assetNodes: [{ assetKey: orders }, { assetKey: { path: ["other"] } }] } };
  return {
    data: {
      assetsLatestInfo: [
        {
          assetKey: orders,
          latestMaterialization: { timestamp: "1700000000000", runId: "one" },
          inProgressRunIds: [],
          unstartedRunIds: [],
          latestRun: { id: "two", status: "FAILURE" },
        },
      ],
      assetNodes: [
        {
          assetKey: orders,
          assetObservations: [],
          freshnessStatusInfo: { freshnessStatus: "DEGRADED" },
          assetChecksOrError: { __typename: "AssetChecks", checks: [] },
        },
      ],
    },
  };
}

const definitions = new Definitions({ assets: [new AssetSpec({ key: "Board", deps: [["raw", "orders"]] })] });

function polled(url: string): PolledDagsterStates {
  const source = createStaticDefinitionsSource(definitions, pageOutlet());
  const states = new PolledDagsterStates(new DagsterClient({ url, token: "secret" }), source);
  onTestFinished(() => states.close());
  return states;
}

describe("PolledDagsterStates", () => {
  it("asks only about assets of the graph, once for several requests", async () => {
    const dagster = await startScriptedDagster((response, request) => sendJson(response, answerOf(request)));
    const states = polled(dagster.url);
    const [one, two] = await Promise.all([states.current(), states.current()]);
    expect(one).toEqual(two);
    expect(one).toEqual({
      url: dagster.url,
      askedAtMs: expect.any(Number),
      error: null,
      states: [
        {
          key: "raw/orders",
          path: ["raw", "orders"],
          materializedAtMs: 1_700_000_000_000,
          observedAtMs: null,
          run: { id: "two", status: "FAILURE" },
          isFailed: true,
          isInProgress: false,
          isLate: true,
          failedChecks: [],
        },
      ],
    });
    await states.current();
    expect(dagster.seen).toHaveLength(3);
    const { query, variables } = JSON.parse(dagster.seen[2]?.body ?? "{}") as {
      readonly query: string;
      readonly variables: object;
    };
    expect(variables).toEqual({ keys: [{ path: ["raw", "orders"] }] });
    // A version of Dagster without these fields would refuse the query.
    expect(query).not.toContain("freshnessInfo");
    expect(JSON.stringify(one)).not.toContain("secret");
  });

  it("keeps the last answer when Dagster does not answer any more, says why, and recovers", async () => {
    let isDown = false;
    const dagster = await startScriptedDagster((response, request) =>
      isDown ? sendJson(response, {}, 503) : sendJson(response, answerOf(request)),
    );
    const states = polled(dagster.url);
    const first = await states.current();
    const later = vi.spyOn(performance, "now");
    const pass = async (): Promise<void> => {
      later.mockReturnValue(performance.now() + 60_000);
      await states.current();
    };
    isDown = true;
    await pass();
    await vi.waitFor(async () => expect((await states.current()).error).toContain("503"));
    const kept = await states.current();
    expect([kept.states, kept.askedAtMs]).toEqual([first.states, first.askedAtMs]);
    isDown = false;
    await pass();
    await vi.waitFor(async () => expect((await states.current()).error).toBe(null));
  });

  it("says that Dagster does not answer if it never did, and asks again the next time", async () => {
    const dagster = await startScriptedDagster((response) =>
      sendJson(response, { errors: [{ message: "no" }] }),
    );
    const states = polled(dagster.url);
    expect(await states.current()).toMatchObject({
      askedAtMs: null,
      error: expect.stringContaining("no"),
      states: [],
    });
  });
});
