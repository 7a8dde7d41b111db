import { createHash } from "node:crypto";
import { loadSigmaAssetSpecs, SigmaOrganization } from "@dagster-sigma/sigma-assets";
import {
  type Fault,
  type FaultRule,
  generateOrganization,
  type Shape,
  shapes,
  startSandbox,
} from "@dagster-sigma/sigma-sandbox";
import { describe, expect, it } from "vitest";
import { clientCalls } from "../src/vendor-types/client-calls.ts";

const status = (code: number): Fault => ({ kind: "status", status: code, code: "refused" });

/** Everything that a route may answer instead of its rows. Odd rows and fields: see odd-rows.test.ts. */
const answers: Readonly<Record<string, Fault>> = {
  ...Object.fromEntries(
    [400, 401, 402, 403, 404, 409, 410, 422, 424, 429, 500, 503].map((code) => [String(code), status(code)]),
  ),
  dropped: { kind: "drop" },
  cut: { kind: "cut" },
  HTML: { kind: "html" },
  empty: { kind: "empty" },
};

/** Listings, without which a load cannot know its documents; answers that say that there are none do not end it. */
const ends: Readonly<Record<string, (answer: string) => boolean>> = {
  "/v2/workbooks": () => true,
  "/v2/dataModels": (answer) => answer !== "404",
  "/v2/datasets": (answer) => !["400", "402", "403", "404", "409", "410", "422", "424"].includes(answer),
};

/** Routes that the client can call and a load does not: they are for sensors, commands and programs. */
const neverCalled =
  /reports|teams|workspaces|tags|version-history|materializations\/|\/materialization$|\{datasetId\}$|\{memberId\}$|\{connectionId\}$|workbooks\/\{workbookId\}$/;

/** Routes that are refused, so that a load falls back to others. */
const refusals: readonly (readonly string[])[] = [
  [],
  ["lineage", "sources", "elements", "columns"].map((part) => `/v2/workbooks/{workbookId}/${part}`),
  ["lineage", "sources", "lineage/elements/{elementId}"].map((part) => `/v2/workbooks/{workbookId}/${part}`),
  ["/v2/dataModels/{dataModelId}/lineage"],
  ["/v2/connections/paths", "/v2/files", "/v2/connections/paths/{inodeId}"],
];

/** Organizations and refusals with which every route of a load is called. */
const settings = [
  ...["pathListingForbidden", "onlyElementLineage", "personal models"].map((name) => ({ name, refused: [] })),
  ...refusals.map((refused) => ({ name: "repeatedRows", refused })),
].flatMap(({ name, refused }) =>
  shapes().flatMap((shape) => (shape.name === name ? [{ ...shape, refused }] : [])),
);
const generated = {
  organization: generateOrganization({ workbooks: 5, seed: 3 }),
  variants: [],
  refused: [],
};

async function load(
  { organization, variants, refused }: Setting,
  fault: FaultRule | null = null,
): Promise<Outcome> {
  const sandbox = await startSandbox({ organization, variants });
  if (fault !== null) sandbox.faults.add(fault);
  for (const route of refused) sandbox.faults.add({ route, fault: status(404) });
  const retryLimits = { baseDelayMs: 1, maxDelayMs: 1, maxTries: 2 };
  const sigma = new SigmaOrganization({ ...sandbox, retryLimits });
  const options = { materializationSchedules: true, fetchBadges: true, spec: true };
  const ended = await loadSigmaAssetSpecs(sigma, options).then(
    (specs) => (specs.length > 0 ? "" : "no assets"),
    (thrown: unknown) => `ended: ${String(thrown)}`,
  );
  await sandbox.close();
  const routes = Object.keys(sandbox.log.counts).map((route) => route.replace("GET ", ""));
  return { ended, routes: new Set(routes) };
}

type Setting = Pick<Shape, "organization" | "variants"> & { readonly refused: readonly string[] };

interface Outcome {
  /** Why there are no assets; empty if there are some. */
  readonly ended: string;
  readonly routes: ReadonlySet<string>;
}

const usual = await Promise.all(
  [...settings, generated].map(async (setting) => ({ setting, ...(await load(setting)) })),
);
/** The routes that a load calls, with a setting in which it does. */
const called = Object.keys(clientCalls).flatMap((route) => {
  const found = usual.find(({ routes }) => routes.has(route));
  return found === undefined ? [] : [{ route, setting: found.setting }];
});
const cases = called.flatMap(({ route, setting }) =>
  Object.keys(answers).map((answer) => ({ route, answer, setting })),
);

/** All cases with `EVERY_ANSWER`, otherwise some of them, chosen by a hash so that the sample is stable. */
const share = process.env["EVERY_ANSWER"] === undefined ? 16 : 256;
const chosen = cases.filter(
  ({ route, answer }) => (createHash("sha256").update(`${route} ${answer}`).digest()[0] ?? 0) < share,
);

describe("an answer for one route", () => {
  it.each(chosen)(
    "of $answer for $route ends a load only if it is a listing of documents",
    async ({ route, answer, setting }) => {
      const { ended } = await load(setting, { route, fault: answers[answer] as Fault });
      if (ends[route]?.(answer) === true) expect(ended).toMatch(/^ended: /);
      else expect(ended).toBe("");
    },
    60_000,
  );

  it("is tried for every route of a load", () => {
    const others = Object.keys(clientCalls).filter((route) => !called.some((each) => each.route === route));
    expect(others.filter((route) => !neverCalled.test(route))).toEqual([]);
  });
});
