import { setImmediate } from "node:timers/promises";
import { SigmaApiError } from "@dagster-sigma/sigma-client";
import { describe, expect, it } from "vitest";
import { OfferedRoutes } from "../../../src/fetch/calls/offered-routes.ts";

function refusal(status: number, routeMissing = false): SigmaApiError {
  return new SigmaApiError({
    code: "SIGMA_REQUEST",
    call: { endpoint: "GET /v2/x", tries: 1 },
    refusal: { status, sigmaCode: null, requestId: null, routeMissing },
    message: "refused",
  });
}

/** Calls that are ended by the test, in the order in which they were made. */
function start(): {
  readonly ask: (route: string) => Promise<string | null>;
  readonly made: readonly string[];
  readonly end: (index: number, outcome: string | Error) => Promise<void>;
  readonly refusals: readonly SigmaApiError[];
} {
  const routes = new OfferedRoutes();
  const made: string[] = [];
  const ends: ((outcome: string | Error) => void)[] = [];
  const refusals: SigmaApiError[] = [];
  return {
    made,
    refusals,
    ask: (route) =>
      routes.ask(
        route,
        () =>
          new Promise((resolve, reject) => {
            made.push(route);
            ends.push((outcome) => (outcome instanceof Error ? reject(outcome) : resolve(outcome)));
          }),
        (answer) => refusals.push(answer),
      ),
    end: async (index, outcome) => {
      ends[index]?.(outcome);
      await setImmediate();
    },
  };
}

describe("a route that may not be offered", () => {
  it("is requested once until it has answered, then by all waiting callers at the same time", async () => {
    const { ask, made, end } = start();
    const asked = [ask("r"), ask("r"), ask("r"), ask("other")];
    await setImmediate();
    expect(made).toEqual(["r", "other"]);
    await end(0, "first");
    expect(made).toEqual(["r", "other", "r", "r"]);
    await end(3, "third");
    await end(2, "second");
    await end(1, "other");
    expect(await Promise.all(asked)).toEqual(["first", "second", "third", "other"]);
  });

  it("is requested only once if the organization does not offer it, and all callers get the reason", async () => {
    const { ask, made, end, refusals } = start();
    const asked = [ask("r"), ask("r")];
    await end(0, refusal(404, true));
    expect(await Promise.all([...asked, ask("r")])).toEqual([null, null, null]);
    expect(made).toEqual(["r"]);
    expect(refusals.map(({ status }) => status)).toEqual([404, 404, 404]);
  });

  it.each([400, 404, 500])(
    "is requested again after a %i, which concerns only one document",
    async (status) => {
      const { ask, made, end } = start();
      const asked = [ask("r"), ask("r")];
      await end(0, refusal(status));
      await end(1, "second");
      expect(await Promise.all(asked)).toEqual([null, "second"]);
      expect(made).toHaveLength(2);
    },
  );

  it.each([refusal(403), refusal(503), new Error("lost")])(
    "rejects its caller with %s, and is requested again for the others",
    async (error) => {
      const { ask, end } = start();
      const first = expect(ask("r")).rejects.toBe(error);
      const second = ask("r");
      await end(0, error);
      await end(1, "second");
      await first;
      expect(await second).toBe("second");
    },
  );
});
