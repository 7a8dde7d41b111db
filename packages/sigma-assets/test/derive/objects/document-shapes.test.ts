import { describe, expect, it } from "vitest";
import { buildOrganizationObjects } from "../../../src/derive/objects/build-organization-objects.ts";
import { openQuestions } from "../../../src/derive/open-questions/open-questions.ts";
import type { OrganizationState } from "../../../src/state/organization-state.ts";
import { buildState } from "../../build-state.ts";

const table = "11111111-1111-4111-8111-111111111111";

/** A workbook in which the first element reads a table, and each element reads the given other elements. */
function workbookOf(count: number, readsOf: (at: number) => readonly number[]): OrganizationState {
  const elements = Array.from({ length: count }, (_, at) => ({
    id: `e${at}`,
    name: `Element ${at}`,
    reads: readsOf(at),
  }));
  const lineage = elements.map(({ id, reads }, at) => ({
    type: "element",
    elementId: id,
    sourceIds: [...(at === 0 ? [`inode-${table}`] : []), ...reads.map((other) => `e${other}`)],
  }));
  const columns = elements.map(({ id, reads }, at) => ({
    elementId: id,
    columnId: `${id}-amount`,
    name: "Amount",
    formula: [...(at === 0 ? ["ORDERS"] : []), ...reads.map((other) => `Element ${other}`)]
      .map((source) => `[${source}/Amount]`)
      .join(" + "),
    type: "number",
  }));
  const source = { type: "table", inodeId: table, name: "ORDERS", connectionId: "c" };
  return buildState({
    workbooks: [
      {
        id: "w",
        properties: { workbookId: "w", name: "W" },
        lineage: [source, ...lineage],
        elements: elements.map(({ id, name }) => ({ elementId: id, name })),
        columns,
      },
    ],
    tables: [
      { id: table, name: "ORDERS", path: ["DB", "PUBLIC", "ORDERS"], connectionId: "c", columns: ["AMOUNT"] },
    ],
  });
}

const side = 70;
const shapes: readonly [string, number, (at: number) => readonly number[]][] = [
  ["a chain of 5,000 elements", 5_000, (at) => (at === 0 ? [] : [at - 1])],
  ["a star of 5,000 elements", 5_000, (at) => (at === 0 ? [] : [0])],
  ["a cycle of 5,000 elements", 5_000, (at) => [(at + 1) % 5_000]],
  [
    "a grid of 4,900 elements",
    side ** 2,
    (at) => [...(at % side === 0 ? [] : [at - 1]), ...(at < side ? [] : [at - side])],
  ],
];

describe("a workbook whose elements form", () => {
  // Following each element to the table on its own would take more than a minute.
  it.each(shapes)(
    "%s has the columns of the table in all of them",
    (_shape, count, readsOf) => {
      const state = workbookOf(count, readsOf);
      const { objects } = buildOrganizationObjects(state, { workbookColumns: true });
      const [workbook] = objects.workbooks;
      const sources = new Set(workbook?.columns.map(({ from }) => JSON.stringify(from)));
      expect(workbook?.columns).toHaveLength(count);
      expect([...sources]).toEqual([JSON.stringify([{ id: table, column: "AMOUNT" }])]);
      expect([...openQuestions(state).singleSourceElements.keys()]).toEqual([table]);
    },
    15_000,
  );
});
