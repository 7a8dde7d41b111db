import type { SigmaColumn } from "../../../src/derive/columns/sigma-column.ts";
import { buildOrganizationObjects } from "../../../src/derive/objects/build-organization-objects.ts";
import { buildState, uuid } from "../../build-state.ts";

const board = uuid("a1");
export const sales = uuid("d1");
export const connection = uuid("c1");
const datasets = [{ id: sales, properties: { datasetId: sales, name: "Sales" } }];
export const salesRow = { type: "dataset", inodeId: sales, name: "Sales" };

/**
 * The columns of a workbook. Its element `Shown` reads the sources and has a column for each formula, named `C0`, `C1` and so on.
 *
 * @param formulas an object replaces properties of the column
 * @param rest other rows of the organization; `workbook` replaces properties of the workbook
 */
export function columnsOfBoard(
  formulas: readonly (string | object)[],
  sources: readonly [reference: string, row: object][],
  rest: Parameters<typeof buildState>[0] & { readonly workbook?: object } = {},
): { readonly columns: readonly SigmaColumn[]; readonly messages: readonly string[] } {
  const { workbook = {}, ...rows } = rest;
  const state = buildState({
    datasets,
    connections: [{ id: connection, properties: { connectionId: connection, type: "snowflake" } }],
    ...rows,
    workbooks: [
      {
        id: board,
        properties: { workbookId: board, name: "Board" },
        lineage: [
          { type: "element", elementId: "e", sourceIds: sources.map(([reference]) => reference) },
          ...sources.map(([, row]) => row),
        ],
        elements: [{ elementId: "e", type: "table", name: "Shown" }],
        columns: formulas.map((formula, at) => ({
          columnId: `c${at}`,
          name: `C${at}`,
          elementId: "e",
          ...(typeof formula === "string" ? { formula } : formula),
        })),
        ...workbook,
      },
    ],
  });
  const { objects, diagnostics } = buildOrganizationObjects(state, { workbookColumns: true });
  return {
    columns: objects.workbooks[0]?.columns ?? [],
    messages: diagnostics.map(({ message }) => message),
  };
}

/** The columns that each column is computed from, as `id.column`. */
export function sourcesOf(columns: readonly SigmaColumn[]): readonly (readonly string[])[] {
  return columns.map(({ from }) => from.map(({ id, column }) => `${id}.${column}`));
}
