import { generateOrganization, startSandbox } from "@dagster-sigma/sigma-sandbox";
import { expect, it } from "vitest";
import { ColumnResolver } from "../../../src/derive/columns/column-resolver.ts";
import { buildTables } from "../../../src/derive/lineage/build-tables.ts";
import { SqlTables } from "../../../src/derive/lineage/sql-tables.ts";
import {
  lookThrough,
  type UnresolvedDetails,
} from "../../../src/derive/open-questions/unresolved-details.ts";
import { fetchState } from "../../../src/fetch/fetch-state.ts";
import { SigmaOrganization } from "../../../src/index.ts";
import type { OrganizationState } from "../../../src/state/organization-state.ts";
import { wholeOrganization } from "../../build-state.ts";

it("resolving unresolved columns finds the same details as resolving all columns", async () => {
  const asked = { tables: 0, documents: 0 };
  for (let seed = 1; seed <= 15; seed++) {
    const organization = generateOrganization({ workbooks: 30, seed });
    const sandbox = await startSandbox({ organization });
    const { state } = await fetchState(new SigmaOrganization(sandbox), wholeOrganization);
    await sandbox.close();
    const open = withoutOpenDetails(state);
    const some = foundIn(open);
    const all = resolverOf(open);
    for (const document of all.documents.values())
      for (const element of document.elements)
        for (const column of element.columns) all.resolve(document, element, column);
    expect([...some.tables].sort(), `seed ${seed}`).toEqual([...all.tablesToAsk].sort());
    expect([...some.documents].sort(), `seed ${seed}`).toEqual([...all.documentsToAsk].sort());
    asked.tables += all.tablesToAsk.size;
    asked.documents += all.documentsToAsk.size;
  }
  expect(asked.tables).toBeGreaterThan(100);
  expect(asked.documents).toBeGreaterThan(10);
}, 60_000);

function foundIn(state: OrganizationState): UnresolvedDetails {
  const looking = lookThrough(state, () => new SqlTables(state, buildTables(state, [])));
  for (;;) {
    const { done, value } = looking.next();
    if (done === true) return value;
  }
}

function resolverOf(state: OrganizationState): ColumnResolver {
  return new ColumnResolver(state, new SqlTables(state, buildTables(state, [])));
}

/** The state before fetching unresolved details. */
function withoutOpenDetails(state: OrganizationState): OrganizationState {
  return {
    ...state,
    tables: state.tables.map((table) => ({ ...table, columns: null })),
    workbooks: state.workbooks.map((workbook) => ({ ...workbook, sources: null })),
    dataModels: state.dataModels.map((model) => ({ ...model, sources: null })),
  };
}
