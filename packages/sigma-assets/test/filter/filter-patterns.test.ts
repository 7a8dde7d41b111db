import { describe, expect, it } from "vitest";
import { SigmaFilter, type SigmaFilterOptions } from "../../src/index.ts";

const review = {
  name: "Weekly Review",
  path: "Sales/Deep Dives",
  tags: [{ name: "Production" }, { tagName: "q3" }],
  ownerId: "m1",
  updatedAt: "2026-10-05T12:00:00.000Z",
  isArchived: false,
};
const ownerEmail = (id: string): string | null => (id === "m1" ? "ada@acme.example" : null);

describe("a pattern of SigmaFilter", () => {
  it.each<[string, SigmaFilterOptions, boolean]>([
    ["a path over several folders", { allow: [{ path: "sales/**" }] }, true],
    ["a path within one folder", { allow: [{ path: "Sales/*" }] }, false],
    ["the whole path", { allow: [{ path: "Sales/Deep Dives/Weekly Review" }] }, true],
    ["a name", { allow: [{ name: "weekly*" }] }, true],
    ["another name", { allow: [{ name: "monthly*" }] }, false],
    ["one of several", { allow: [{ name: "monthly*" }, { name: "*review" }] }, true],
    ["all that a pattern gives", { allow: [{ name: "*review", workspace: "Finance" }] }, false],
    ["a workspace", { allow: [{ workspace: "sales" }] }, true],
    ["the name of a workspace in front of another", { allow: [{ workspace: "Sale" }] }, false],
    ["a tag as workbooks have it", { allow: [{ tag: "production" }] }, true],
    ["a tag as data models have it", { allow: [{ tag: "Q3" }] }, true],
    ["an owner", { allow: [{ owner: "ada@*" }] }, true],
    ["another owner", { allow: [{ owner: "ben@*" }] }, false],
    ["a denial", { deny: [{ path: "Sales/**" }] }, false],
    ["a denial of something else", { deny: [{ path: "Finance/**" }] }, true],
    ["a denial of what is allowed", { allow: [{ name: "*" }], deny: [{ tag: "q3" }] }, false],
    ["a pattern and a folder", { allow: [{ name: "*review" }], workbookFolders: [["Finance"]] }, false],
    ["a date before", { updatedSince: "2026-10-05" }, true],
    ["the same moment in another zone", { updatedSince: "2026-10-05T14:00:00+02:00" }, true],
    ["a date after", { updatedSince: "2026-10-06T00:00:00Z" }, false],
  ])("matches by %s", (_what, options, kept) => {
    expect(new SigmaFilter(options).includes(review, ownerEmail)).toBe(kept);
  });

  it("excludes archived workbooks by default, and workbooks without a date with updatedSince", () => {
    const archived = { ...review, isArchived: true };
    expect(new SigmaFilter().includes(archived)).toBe(false);
    expect(new SigmaFilter({ includeArchived: true }).includes(archived)).toBe(true);
    expect(new SigmaFilter({ updatedSince: "2020-01-01" }).includes({ name: "x" })).toBe(false);
  });

  it("matches no unknown owner, and fetches members only if it uses owners", () => {
    const filter = new SigmaFilter({ allow: [{ owner: "*" }] });
    expect(filter.includes({ ...review, ownerId: "m2" }, ownerEmail)).toBe(false);
    expect([filter.needsOwners, new SigmaFilter({ allow: [{ name: "*" }] }).needsOwners]).toEqual([
      true,
      false,
    ]);
  });

  it("is rejected with an unknown field, and updatedSince with an invalid date", () => {
    for (const options of [{ allow: [{ folder: "x" }] }, { deny: ["Sales"] }, { updatedSince: "soon" }])
      expect(() => new SigmaFilter(options as unknown as SigmaFilterOptions)).toThrow(
        expect.objectContaining({ code: expect.any(String) }),
      );
  });
});
