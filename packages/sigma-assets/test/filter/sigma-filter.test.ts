import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SigmaFilter, type SigmaFilterOptions } from "../../src/index.ts";

const workbook = (path: string, name: string): { readonly path: string; readonly name: string } => ({
  path,
  name,
});

describe("SigmaFilter", () => {
  it.each<[SigmaFilterOptions, boolean]>([
    [{}, true],
    [{ workbookFolders: [["Sales"]] }, true],
    [{ workbookFolders: [["sales", "DEEP dives"]] }, true],
    [{ workbookFolders: [["Sales", "Deep"]] }, false],
    [{ workbookFolders: [["Sale"]] }, false],
    [{ workbookFolders: [["Deep Dives"]] }, false],
    [{ workbookFolders: [["Sales", "Deep Dives", "Basket Analysis"]] }, true],
    [{ workbookFolders: [["Finance"]], workbooks: [["Sales", "Deep Dives", "basket analysis"]] }, true],
    [{ workbooks: [["Sales", "Deep Dives"]] }, false],
    [{ workbooks: [["Basket Analysis"]] }, false],
    [{ workbookFolders: [["Sales/Deep Dives"]] }, true],
    [{ workbookFolders: [[]] }, true],
  ])("with %j includes Sales/Deep Dives/Basket Analysis: %s", (options, kept) => {
    expect(new SigmaFilter(options).includes(workbook("Sales/Deep Dives", "Basket Analysis"))).toBe(kept);
  });

  it("does not match the folder Sales EU with Sales", () => {
    const filter = new SigmaFilter({ workbookFolders: [["Sales"]] });
    expect(filter.includes(workbook("Sales EU", "Pipeline"))).toBe(false);
    expect(filter.includes(workbook("Sales", "Pipeline"))).toBe(true);
  });

  it("matches names with a slash, composed and decomposed letters, and workbooks without a path", () => {
    expect(
      new SigmaFilter({ workbooks: [["Sales", "Sales/EU"]] }).includes(workbook("Sales", "Sales/EU")),
    ).toBe(true);
    expect(new SigmaFilter({ workbookFolders: [["Cafés"]] }).includes(workbook("Cafe\u0301s", "x"))).toBe(
      true,
    );
    expect(new SigmaFilter({ workbooks: [["Loose"]] }).includes({ name: "Loose" })).toBe(true);
  });

  it("returns the paths that match nothing", () => {
    const filter = new SigmaFilter({
      workbookFolders: [["Sales"], ["Nowhere"]],
      workbooks: [["Sales", "Gone"]],
    });
    expect(filter.unmatched([workbook("Sales", "A")])).toEqual([
      { option: "workbookFolders", path: ["Nowhere"] },
      { option: "workbooks", path: ["Sales", "Gone"] },
    ]);
  });

  it.each([
    [
      { workbookFolders: ["Finance/Board"] },
      /"Finance\/Board" at index 0/,
      /workbookFolders: \[\["Finance","Board"\]\]/,
    ],
    [{ workbooks: [["a", "b"], "c"] }, /"c" at index 1/, /workbooks: \[\["c"\]\]/],
    [{ workbookFolders: "Finance" }, /not a list of paths/, /workbookFolders: \[\["Finance", "Board"\]\]/],
    [{ workbookFolders: [[1]] }, /must contain a list of names at index 0/, /Finance/],
  ])("rejects %j and shows the correct form", (options, message, hint) => {
    const create = (): unknown => {
      try {
        return new SigmaFilter(options as unknown as SigmaFilterOptions);
      } catch (error) {
        return error;
      }
    };
    expect(create()).toMatchObject({
      code: "SIGMA_FILTER_INVALID",
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
    });
  });

  it("never keeps fewer documents when paths are added", () => {
    const name = fc.constantFrom("a", "A", "B", "ab", "a b", "a/b", "a/", "a\\", "*", "", "é", "e\u0301");
    const path = fc.array(name, { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(path, { minLength: 1 }), path, path, name, (folders, more, folder, book) => {
        const candidate = workbook(folder.join("/"), book);
        const fewer = new SigmaFilter({ workbookFolders: folders }).includes(candidate);
        const all = new SigmaFilter({ workbookFolders: [...folders, more] }).includes(candidate);
        expect(fewer && !all).toBe(false);
      }),
    );
  });
});
