import { describe, expect, it } from "vitest";
import {
  elementsOf,
  generateOrganization,
  type Organization,
  type Source,
  trueColumnEdges,
  trueEdges,
} from "../src/index.ts";
import { datasetEntry, datasetSourceEntries } from "../src/wire/datasets.ts";
import { columnEntries, elementEntry } from "../src/wire/document-content.ts";
import { dataModelEntry, workbookEntry } from "../src/wire/documents.ts";
import { lineageEntries } from "../src/wire/lineage.ts";

const documentsOf = ({ workbooks, dataModels }: Organization) => [...workbooks, ...dataModels];
const objectsOf = (of: Organization) => [...documentsOf(of), ...of.datasets, ...of.tables];

/** All API data of an organization's objects, by id. */
function told(organization: Organization): ReadonlyMap<string, unknown> {
  const { workbooks, dataModels, datasets, tables, members } = organization;
  return new Map<string, unknown>([
    ...workbooks.map((workbook) => [workbook.id, workbookEntry(organization, workbook)] as const),
    ...dataModels.map((model) => [model.id, dataModelEntry(organization, model)] as const),
    ...documentsOf(organization).map(
      (document) =>
        [
          `${document.id} content`,
          [elementsOf(document).map(elementEntry), columnEntries(document), lineageEntries(document)],
        ] as const,
    ),
    ...datasets.map(
      (dataset) =>
        [
          dataset.id,
          [{ ...datasetEntry(organization, dataset), referenceCount: 0 }, datasetSourceEntries(dataset)],
        ] as const,
    ),
    ...tables.map(({ id, path, columns, badge }) => [id, [path, columns, badge]] as const),
    ...members.map((member) => [member.id, member] as const),
  ]);
}

describe("a generated organization", () => {
  const organization = generateOrganization({ workbooks: 240 });
  const sources = documentsOf(organization).flatMap((document) =>
    elementsOf(document).flatMap((element) => [...element.sources, ...element.lookups]),
  );
  const reads = (kind: Source["kind"]) => sources.filter((source) => source.kind === kind).length;

  it("has the number of objects for its size", () => {
    const { workbooks, dataModels, datasets, tables, members } = organization;
    expect([workbooks, dataModels, datasets, tables, members].map(({ length }) => length)).toEqual([
      240, 16, 16, 132, 53,
    ]);
  });

  it("has all features", () => {
    const elements = documentsOf(organization).flatMap(elementsOf);
    expect(new Set(organization.connections.map(({ type }) => type))).toEqual(
      new Set(["snowflake", "bigQuery", "databricks", "redshift", "postgres"]),
    );
    for (const kind of ["table", "dataset", "modelElement", "element", "sql"] as const)
      expect(reads(kind)).toBeGreaterThan(5);
    expect(elements.some(({ combination }) => combination === "union")).toBe(true);
    expect(elements.some(({ lookups }) => lookups.length > 0)).toBe(true);
    expect(
      organization.datasets.some(({ sources: from }) => from.some(({ kind }) => kind === "dataset")),
    ).toBe(true);
    expect(
      organization.dataModels.some((model) =>
        elementsOf(model).some((element) => element.sources.some(({ kind }) => kind === "modelElement")),
      ),
    ).toBe(true);
    const documents = documentsOf(organization);
    expect(documents.some(({ content }) => content.schedules.length > 0)).toBe(true);
    expect(documents.some(({ tags }) => tags.length > 0)).toBe(true);
    expect(documents.some(({ badge }) => badge !== null)).toBe(true);
    expect(organization.workbooks.some(({ isArchived }) => isArchived)).toBe(true);
    expect(organization.datasets.some(({ isArchived }) => isArchived)).toBe(true);
    expect(organization.datasets.some(({ migratedTo }) => migratedTo !== null)).toBe(true);
    expect(organization.members.some(({ isInactive }) => isInactive)).toBe(true);
    const names = documents.map(({ name }) => name);
    expect(new Set(names).size).toBeLessThan(names.length);
    expect(names.some((name) => name.includes("<script>"))).toBe(true);
    const paths = organization.tables.map(({ path }) => path.join("/"));
    expect(new Set(paths).size).toBeLessThan(paths.length);
  });

  it("has a unique id for every object, element and computed column", () => {
    const ids = [
      ...objectsOf(organization).map(({ id }) => id),
      ...documentsOf(organization).flatMap((document) =>
        elementsOf(document).flatMap(({ id, sheetId }) => [
          `${document.id} ${id}`,
          `${document.id} ${sheetId}`,
        ]),
      ),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("is the same for the same seed", () => {
    expect(told(generateOrganization({ workbooks: 20 }))).toEqual(
      told(generateOrganization({ workbooks: 20, seed: 1 })),
    );
    const other = generateOrganization({ workbooks: 20, seed: 2 });
    const mine = new Set(objectsOf(organization).map(({ id }) => id));
    expect(objectsOf(other).some(({ id }) => mine.has(id))).toBe(false);
  });

  it("contains smaller organizations unchanged", () => {
    const whole = told(organization);
    for (const workbooks of [0, 1, 19, 20, 21, 100]) {
      for (const [id, rows] of told(generateOrganization({ workbooks }))) expect(whole.get(id)).toEqual(rows);
    }
  });

  it("is the same after it was dropped from the cache", () => {
    const large = generateOrganization({ workbooks: 1_200 });
    const [first] = large.workbooks;
    if (first === undefined) throw new Error("no workbook");
    const before = columnEntries(first);
    for (const workbook of large.workbooks) elementsOf(workbook);
    expect(columnEntries(first)).toEqual(before);
  });

  it("has workbooks of a fixed size with workbookSize", () => {
    const even = generateOrganization({
      workbooks: 5,
      workbookSize: { elements: 8, columnsPerElement: 7 },
    });
    for (const workbook of even.workbooks) {
      expect(workbook.content.pages.length).toBe(2);
      expect(elementsOf(workbook).map(({ columns }) => columns.length)).toEqual(Array(8).fill(7));
    }
  });
});

describe("the profile legacy", () => {
  it("has no names with the same key, and no backticks in the SQL of datasets", () => {
    const organization = generateOrganization({ workbooks: 300, profile: "legacy", seed: 7 });
    const named = [...organization.workbooks, ...organization.datasets];
    const keys = named.map(({ name }) => name.replace(/[^A-Za-z0-9_]+/g, "_"));
    expect(new Set(keys).size).toBe(keys.length);
    for (const { sources } of organization.datasets)
      for (const source of sources)
        if (source.kind === "table")
          expect(source.connection.type).toMatch(/^(snowflake|redshift|postgres)$/);
  });
});

describe("the expected lineage", () => {
  const organization = generateOrganization({ workbooks: 120, seed: 3 });
  const edges = [...trueEdges(organization)];
  const columnEdges = [...trueColumnEdges(organization)];

  it("connects existing objects, each pair once, without a cycle", () => {
    const ids = new Set(objectsOf(organization).map(({ id }) => id));
    for (const { from, to } of edges) expect([ids.has(from.id), ids.has(to.id)]).toEqual([true, true]);
    expect(new Set(edges.map(({ from, to }) => `${from.id} ${to.id}`)).size).toBe(edges.length);
    const upstream = grouped(edges);
    const depth = (id: string, above: ReadonlySet<string>): number => {
      if (above.has(id)) throw new Error(`a cycle at ${id}`);
      return 1 + Math.max(0, ...(upstream.get(id) ?? []).map((from) => depth(from, new Set([...above, id]))));
    };
    expect(Math.max(...[...ids].map((id) => depth(id, new Set())))).toBeGreaterThan(3);
  });

  it("connects existing columns, with an object edge for each column edge", () => {
    const pairs = new Set(edges.map(({ from, to }) => `${from.id} ${to.id}`));
    for (const { from, to } of columnEdges)
      expect(from.id === to.id || pairs.has(`${from.id} ${to.id}`)).toBe(true);
    const columns = new Set([
      ...organization.tables.flatMap(({ id, columns: all }) => all.map(({ name }) => `${id}//${name}`)),
      ...organization.datasets.flatMap(({ id, columns: all }) => all.map(({ name }) => `${id}//${name}`)),
      ...documentsOf(organization).flatMap(({ id, ...document }) =>
        elementsOf(document).flatMap((element) =>
          element.columns.map(({ name }) => `${id}/${element.id}/${name}`),
        ),
      ),
    ]);
    for (const { from, to } of columnEdges)
      for (const { id, elementId, column } of [from, to])
        expect(columns.has(`${id}/${elementId ?? ""}/${column}`)).toBe(true);
    expect(columnEdges.length).toBeGreaterThan(1_000);
  });
});

function grouped(
  edges: readonly { from: { id: string }; to: { id: string } }[],
): ReadonlyMap<string, string[]> {
  const upstream = new Map<string, string[]>();
  for (const { from, to } of edges) upstream.set(to.id, [...(upstream.get(to.id) ?? []), from.id]);
  return upstream;
}
