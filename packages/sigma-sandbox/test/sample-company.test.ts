import { describe, expect, it } from "vitest";
import { buildSampleCompany, elementsOf, urlIdOf } from "../src/index.ts";

describe("the sample company", () => {
  const company = buildSampleCompany();

  it("is deterministic", () => {
    const ids = (of: typeof company): readonly string[] =>
      [...of.workbooks, ...of.dataModels].flatMap((document) => [
        document.id,
        ...elementsOf(document).map(({ id }) => id),
      ]);
    expect(ids(buildSampleCompany())).toEqual(ids(company));
  });

  it("has the typical objects of an old organization", () => {
    expect(company.workbooks.length).toBeGreaterThanOrEqual(36);
    expect(company.dataModels.length).toBeGreaterThanOrEqual(9);
    expect(new Set(company.connections.map(({ type }) => type)).size).toBe(2);
    const names = company.workbooks.map(({ name }) => name);
    expect(new Set(names).size).toBeLessThan(names.length);
    expect(company.members.some(({ isInactive }) => isInactive)).toBe(true);
    expect(company.workbooks.some(({ tags }) => tags.length > 1)).toBe(true);
    expect(company.tables.some(({ badge }) => badge === "Deprecated")).toBe(true);
  });

  it("has unique ids, and elements whose columns come from their sources", () => {
    const objects = [...company.workbooks, ...company.dataModels, ...company.datasets, ...company.tables];
    expect(new Set(objects.map(({ id }) => id)).size).toBe(objects.length);
    for (const element of [...company.workbooks, ...company.dataModels].flatMap(elementsOf)) {
      for (const { source } of element.columns.flatMap(({ from }) => from))
        expect(element.sources).toContain(source);
    }
  });
});

describe("urlIdOf", () => {
  // Pairs from Sigma's own clients.
  it.each([
    ["4ea60fe9-f487-43b0-aa7a-3ef43ca3a90e", "2opi6VLEne4BaPyj00US50"],
    ["178a6bb5-c0e7-4bef-a739-f12710492f16", "Iq557kfHN8KRu76HdGSWi"],
  ])("writes %s as %s", (uuid, urlId) => {
    expect(urlIdOf(uuid)).toBe(urlId);
  });
});
