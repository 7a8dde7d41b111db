import { describe, expect, it } from "vitest";
import { formatLineDiff } from "../src/terminal/line-diff.ts";
import { formatWorkspace, mergeWorkspace, type WorkspaceEntry } from "../src/workspace/merge-workspace.ts";

const entry: WorkspaceEntry = { host: "127.0.0.1", port: 4000, locationName: "sigma", hasTls: false };
const item = (indent: string): string =>
  `${indent}- grpc_server:\n${indent}    host: 127.0.0.1\n${indent}    port: 4000\n${indent}    location_name: sigma\n`;

const merge = (text: string, more: Partial<WorkspaceEntry> = {}): string =>
  mergeWorkspace(text, { ...entry, ...more }, "workspace.yaml");

describe("mergeWorkspace", () => {
  it.each([
    ["an empty file", "", formatWorkspace(entry)],
    ["comments only", "# Locations", `# Locations\n${formatWorkspace(entry)}`],
    ["an empty list", "load_from:  # all\n\n# end\n", `load_from:  # all\n${item("  ")}\n# end\n`],
    [
      "a list, its comments and its quotes",
      "# top\nload_from:\n    - python_file: 'a.py'   # one\n    # two\n    - python_module: \"b\"\n# end\nother: 1\n",
      `# top\nload_from:\n    - python_file: 'a.py'   # one\n    # two\n    - python_module: "b"\n${item("    ")}# end\nother: 1\n`,
    ],
    [
      "a list without indentation",
      "load_from:\n- python_file: a.py",
      `load_from:\n- python_file: a.py\n${item("")}`,
    ],
    [
      "nested items",
      "load_from:\n  - python_file:\n      relative_path: a.py\n      location_name: a\n",
      `load_from:\n  - python_file:\n      relative_path: a.py\n      location_name: a\n${item("  ")}`,
    ],
    [
      "a list in brackets",
      "load_from: [{ python_file: a.py }] # x\n",
      "load_from: [{ python_file: a.py }, { grpc_server: { host: 127.0.0.1, port: 4000, location_name: sigma } }] # x\n",
    ],
    ["other keys", "a: 1\n", `a: 1\n${formatWorkspace(entry)}`],
    [
      "an older address",
      item("  ").replace(/^/, "load_from:\n").replace("4000", "3999 # old"),
      `load_from:\n${item("  ").replace("4000", "4000 # old")}`,
    ],
    [
      "the same address under another name",
      `load_from:\n${item("  ").replace("sigma", "bi")}`,
      `load_from:\n${item("  ").replace("sigma", "bi")}`,
    ],
  ])("extends %s, once", (_what, before, after) => {
    expect(merge(before)).toBe(after);
    expect(merge(after)).toBe(after);
    const dos = (text: string): string => text.replaceAll("\n", "\r\n");
    if (before.includes("\n")) expect(merge(dos(before))).toBe(dos(after));
  });

  it("adds several locations with their own names", () => {
    const both = merge(merge("", { hasTls: true }), { port: 4001, locationName: "9 lives: one" });
    expect(both).toContain("ssl: true\n  - grpc_server:");
    expect(both).toContain('location_name: "9 lives: one"');
  });

  it.each([
    [
      "load_from twice",
      "load_from:\n  - python_file: a.py\nload_from:\n  - python_file: b.py\n",
      /twice, .* line 3/,
    ],
    ["invalid YAML", "load_from: [\n", /not valid YAML: .* line 2/],
    ["several documents", "load_from:\n---\nload_from:\n", /several YAML documents/],
    ["a list at its top level", "- python_file: a.py\n", /does not consist of keys/],
    ["a load_from that is no list", "load_from:\n  python_file: a.py\n", /not a list/],
    [
      "another location of this name",
      "load_from:\n  - python_file:\n      relative_path: a.py\n      location_name: sigma\n",
      /another location with the name "sigma"/,
    ],
    ["this location with TLS", `load_from:\n${item("  ")}      ssl: true\n`, /with ssl: true/],
    [
      "this location with a variable",
      `load_from:\n${item("  ").replace("4000", "{ env: PORT }")}`,
      /as plain values/,
    ],
    ["this location twice", `load_from:\n${item("  ")}${item("  ")}`, /several locations/],
    ["an anchor for its list", "a: &a\n  - python_file: a.py\nload_from: *a\n", /not a list/],
  ])("refuses %s", (_what, text, message) => {
    expect(() => merge(text)).toThrow(message);
  });

  it("shows the changed lines with some context", () => {
    const before = "a\nb\nc\nd\ne\nf\n";
    expect(formatLineDiff(before, before.replace("e\n", "E\nE2\n"))).toBe(
      "  b\n  c\n  d\n- e\n+ E\n+ E2\n  f\n",
    );
  });
});
