import { groupBy } from "@dagster-sigma/foundation";
import type { Organization, Sandbox } from "@dagster-sigma/sigma-sandbox";
import { seededRandom } from "../seeded-random.ts";
import {
  type AnswerMutation,
  isInRow,
  type JsonPath,
  type MutationKind,
  mutablePaths,
  mutationKinds,
} from "./answer-mutations.ts";
import { type JudgedOddRow, OddRowJudge } from "./odd-row-judge.ts";
import { fieldOf } from "./shown-as-sent.ts";

/** One judged mutation. */
export interface MutatedRow {
  /** The route with `{id}` for every id. */
  readonly route: string;
  readonly field: string;
  readonly kind: MutationKind;
  readonly isRefresh: boolean;
  readonly judged: JudgedOddRow;
}

const gone = (sandbox: Sandbox, routes: readonly string[]): void => {
  const headers = { errorcause: "UnmatchedHandler" };
  for (const route of routes)
    sandbox.faults.add({ route, fault: { kind: "status", status: 404, code: "not_found", headers } });
};

/** With all of these settings, an organization answers every route that a load uses. */
const settings: readonly ((sandbox: Sandbox) => void)[] = [
  () => undefined,
  (sandbox) =>
    gone(sandbox, [
      "/v2/workbooks/{workbookId}/lineage",
      "/v2/dataModels/{dataModelId}/lineage",
      "/v2/datasets/{datasetId}/sources",
      "/v2/connections/paths",
    ]),
  (sandbox) =>
    gone(sandbox, [
      "/v2/workbooks/{workbookId}/lineage",
      "/v2/workbooks/{workbookId}/sources",
      "/v2/workbooks/{workbookId}/elements",
      "/v2/workbooks/{workbookId}/columns",
    ]),
];

/**
 * Changes one value of one response at a time, in every route that a load uses, and judges the load.
 *
 * @param options.count number of mutations
 */
export async function mutateRows(options: {
  readonly count: number;
  readonly seed: number;
  /** All routes of the first one are changed, and those of the others whose rows contain SQL, which takes longer. */
  readonly organizations: readonly Organization[];
  readonly onMutated?: (done: number) => void;
}): Promise<readonly MutatedRow[]> {
  const { count, seed, organizations } = options;
  const random = seededRandom(seed);
  const judges = await Promise.all(
    organizations.flatMap((organization, index) =>
      (index === 0 ? settings : settings.slice(0, 1)).map((prepare) =>
        OddRowJudge.start(organization, prepare),
      ),
    ),
  );
  try {
    const places = judges.flatMap((judge, index) =>
      [...groupBy(withRows(judge.proxy.answers), ([request]) => routeOf(request))]
        .map(([route, answers]) => ({ judge, route, answers }))
        .filter(({ route }) => index < settings.length || sqlRoutes.test(route)),
    );
    const mutated: MutatedRow[] = [];
    const choose = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
    while (mutated.length < count) {
      const { judge, route, answers } = places[mutated.length % places.length] as (typeof places)[number];
      const [request, text] = choose(answers);
      const mutation: AnswerMutation = {
        request,
        at: choosePath(mutablePaths(JSON.parse(text)), choose),
        kind: choose(mutationKinds),
        variant: random(),
      };
      // A listing without the row, or without rows, is possible.
      if (!isSuitable(mutation)) continue;
      const isRefresh =
        isInRow(mutation) && /^\/v2\/(?!whoami)[a-zA-Z]+(\?|$)/.test(request) && random() < 0.5;
      const judged = await judge.judge(mutation, isRefresh);
      mutated.push({ route, field: fieldOf(mutation), kind: mutation.kind, isRefresh, judged });
      options.onMutated?.(mutated.length);
    }
    return mutated;
  } finally {
    await Promise.all(judges.map((judge) => judge.close()));
  }
}

/** The responses that contain rows. */
function withRows(
  answers: ReadonlyMap<string, string>,
): readonly (readonly [request: string, text: string])[] {
  return [...answers].filter(([, text]) => mutablePaths(JSON.parse(text)).length > 1);
}

const sqlRoutes = /\/(lineage|sources|query)$/;

/** Each field with the same probability, whatever the number of rows. */
function choosePath(paths: readonly JsonPath[], choose: <Item>(items: readonly Item[]) => Item): JsonPath {
  const byField = groupBy(paths, (path) =>
    path.map((step) => (typeof step === "number" ? "[]" : step)).join("."),
  );
  return choose(choose([...byField.values()]));
}

function isSuitable(mutation: AnswerMutation): boolean {
  const { at, kind } = mutation;
  const isRow = typeof at.at(-1) === "number" && at.length <= 2;
  if (isRow) return kind !== "absent";
  return isInRow(mutation) || !["null", "empty", "absent"].includes(kind);
}

function routeOf(request: string): string {
  const [path = ""] = request.split("?");
  return path
    .split("/")
    .map((step, index) =>
      index < 3 || /^(elements|columns|lineage|sources|paths|pages|query|tables|materializ.*)$/.test(step)
        ? step
        : "{id}",
    )
    .join("/");
}
