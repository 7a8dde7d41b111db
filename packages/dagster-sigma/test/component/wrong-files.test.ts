import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ComponentError } from "../../src/component/component-error.ts";
import { readComponentFile } from "../../src/component/defs/load-component-file.ts";

const folder = mkdtempSync(join(tmpdir(), "dagster-sigma-wrong-"));
process.env["WRONG_FILES_SECRET"] = "s3cr3t-value";

/** Lines of a valid file. */
const valid = `type: dagster_sigma.SigmaComponent
attributes:
  organization:
    base_url: https://aws-api.sigmacomputing.com
    client_id: "{{ env.WRONG_FILES_SECRET }}"
    client_secret: "{{ env('WRONG_FILES_SECRET') }}"
    warn_on_lineage_fetch_error: true
  sigma_filter:
    workbook_folders:
      - [Finance, Reports]
    workbooks:
      - [Finance, Sales]
    include_unused_datasets: false
  fetch_column_data: true
  fetch_lineage_data: true
  translation:
    key_prefix: bi
    group_name: "{{ data.type | lower }}"
    description: "{{ data.properties.name | default('none') }}"
    owners: ["team:bi"]
    tags:
      team: bi
    kinds: [sigma]
    automation_condition: "{{ dg.AutomationCondition.eager() }}"
    for_workbook:
      metadata:
        url: "{{ data.url }}"
    for_dataset:
      code_version: "1"
    for_data_model:
      deps: [a/b]
  defs_state:
    management_type: LOCAL_FILESYSTEM
    refresh_if_dev: false
requirements:
  env: [WRONG_FILES_SECRET]
post_processing:
  assets:
    - target: kind:workbook
      operation: merge
      attributes:
        tags:
          late: "{{ asset.group_name }}"
`;
const lines = valid.split("\n");

/** A line that a mistake changes, from 1. */
const lineOf = (text: string): number => lines.findIndex((line) => line.includes(text)) + 1;

/** Numbers that look random, and are the same in each run. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

interface Mistake {
  readonly text: string;
  /** Line of the error. */
  readonly line: number;
  /** A name that the error must suggest; null for none. */
  readonly suggests: string | null;
}

const replaceLine = (line: number, replacement: string): string =>
  lines.map((text, at) => (at === line - 1 ? replacement : text)).join("\n");

const fields = lines
  .map((text, at) => ({ at: at + 1, name: /^\s*(?:- )?([a-z_]+):/.exec(text)?.[1] ?? "", text }))
  .filter(({ name }) => !["", "type", "team", "late", "url"].includes(name));

/** Exchanges two letters, doubles one, or leaves one out. */
function misspell(name: string, random: (below: number) => number): string {
  const at = 1 + random(name.length - 2);
  const [start, a, b, end] = [name.slice(0, at), name[at] ?? "", name[at + 1] ?? "", name.slice(at + 2)];
  const kinds = [`${start}${b}${a}${end}`, `${start}${a}${a}${b}${end}`, `${start}${b}${end}`];
  return kinds.filter((kind) => kind !== name)[random(2)] ?? `${name}x`;
}

function misspelledField(random: (below: number) => number): Mistake {
  const { at, name, text } = fields[random(fields.length)] ?? { at: 1, name: "", text: "" };
  return { text: replaceLine(at, text.replace(name, misspell(name, random))), line: at, suggests: name };
}

const wrongValues: readonly (readonly [field: string, value: string])[] = [
  ["fetch_column_data", "maybe"],
  ["fetch_lineage_data", "[true]"],
  ["include_unused_datasets", "3"],
  ["key_prefix", "{a: b}"],
  ["group_name", "[a]"],
  ["description", "{a: 1}"],
  ["owners", "team:bi"],
  ["kinds", "{a: b}"],
  ["automation_condition", "eager"],
  ["management_type", "LOCAL"],
  ["operation", "add"],
  ["base_url", "[a]"],
  ["client_id", "{a: b}"],
  ["target", "[kind]"],
  ["refresh_if_dev", "sometimes"],
];

function wrongType(random: (below: number) => number): Mistake {
  const [field, value] = wrongValues[random(wrongValues.length)] ?? ["", ""];
  const line = lineOf(`${field}:`);
  const text = (lines[line - 1] ?? "").replace(/: .*/, `: ${value}`);
  return { text: replaceLine(line, text), line, suggests: null };
}

const wrongTemplates: readonly (readonly [old: string, now: string, suggests: string | null])[] = [
  ["| lower", "| lowre", "lower"],
  ["data.type", "data.tpye", "type"],
  ["data.type", "dta.type", "data"],
  ["AutomationCondition.eager", "AutomationCondition.eagr", "eager"],
  ["dg.AutomationCondition", "dg.AutomationConditoin", "AutomationCondition"],
  ["env('WRONG_FILES_SECRET')", "env('WRONG_FILES_NOT_SET')", null],
  ["env.WRONG_FILES_SECRET }}", "env.WRONG_FILES_NOT_SET }}", null],
  ["{{ data.url }}", "{{ data.url", null],
  ["{{ data.url }}", "{{ data..url }}", null],
  ["{{ data.url }}", "{% if data.url %}x{% endif %}", null],
  ["{{ asset.group_name }}", "{{ data.type }}", null],
  ["{{ asset.group_name }}", "{{ asset.group_nam }}", "group_name"],
  ["eager()", "eager", null],
  ["eager()", "eager(1)", null],
  ["default('none')", "map('none')", null],
];

function wrongTemplate(random: (below: number) => number): Mistake {
  const [old, now, suggests] = wrongTemplates[random(wrongTemplates.length)] ?? ["", "", null];
  const line = lineOf(old);
  return { text: replaceLine(line, (lines[line - 1] ?? "").replace(old, now)), line, suggests };
}

function wrongYaml(random: (below: number) => number): Mistake {
  const field = fields[random(fields.length)] ?? { at: 1, text: "" };
  const { at, text } = field;
  const mistakes: readonly (() => Mistake)[] = [
    () => ({
      text: replaceLine(lineOf("key_prefix"), "\tkey_prefix: bi"),
      line: lineOf("key_prefix"),
      suggests: null,
    }),
    () => ({
      text: replaceLine(lineOf("key_prefix"), "    key_prefix: *nothing"),
      line: lineOf("key_prefix"),
      suggests: null,
    }),
    () => ({
      text: replaceLine(lineOf("group_name"), "    key_prefix: again"),
      line: lineOf("group_name"),
      suggests: null,
    }),
    () => ({
      text: replaceLine(lineOf("kinds"), "    kinds: !env X"),
      line: lineOf("kinds"),
      suggests: null,
    }),
    () => ({
      text: `${valid}---\ntype: dagster_sigma.SigmaComponent\nattributs: {}\n`,
      line: lines.length + 2,
      suggests: "attributes",
    }),
    () => ({ text: `${valid}---\n- a list\n`, line: lines.length + 1, suggests: null }),
    () => ({
      text: replaceLine(1, "type: dagster_sigma.SigmaComponet"),
      line: 1,
      suggests: "dagster_sigma.SigmaComponent",
    }),
    () => ({ text: replaceLine(at, `${text.replace(/:.*/, "")}: "unclosed`), line: 0, suggests: null }),
    () => ({ text: `${valid}template_vars_module: .vars\n`, line: lines.length, suggests: null }),
  ];
  return (mistakes[random(mistakes.length)] as () => Mistake)();
}

describe("a wrong component file", () => {
  it("is valid without the mistakes", async () => {
    const file = join(folder, "valid.yaml");
    writeFileSync(file, valid);
    const { components, leftOut } = await readComponentFile(file);
    expect([components.length, leftOut, components[0]?.notes]).toEqual([1, [], []]);
  });

  it("has one error with file, line, column and the nearest name, 300 times", async () => {
    const kinds = [misspelledField, wrongType, wrongTemplate, wrongYaml];
    const codes = new Set<string>();
    for (let seed = 0; seed < 300; seed++) {
      const random = randomFrom(seed * 7_919 + 1);
      random(2);
      const { text, line, suggests } = (kinds[seed % kinds.length] as (typeof kinds)[number])(random);
      const file = join(folder, `wrong-${seed}.yaml`);
      writeFileSync(file, text);
      const thrown: unknown = await readComponentFile(file).then(
        () => `seed ${seed} is valid:\n${text}`,
        (error: unknown) => error,
      );
      expect(thrown).toBeInstanceOf(ComponentError);
      const { code, message, hint, excerpt } = thrown as ComponentError;
      const [, found, column] = /wrong-\d+\.yaml:(\d+):(\d+): \S/.exec(message) ?? [];
      expect([seed, Number(column) > 0]).toEqual([seed, true]);
      if (line > 0) expect([seed, message, Number(found)]).toEqual([seed, message, line]);
      if (suggests !== null) expect([seed, hint]).toEqual([seed, expect.stringContaining(suggests)]);
      expect(excerpt).toContain(` ${found} | `);
      expect(`${message}${hint}${excerpt}`).not.toContain("s3cr3t-value");
      codes.add(code);
    }
    expect([...codes].sort()).toEqual([
      "COMPONENT_FILE_INVALID",
      "COMPONENT_NOT_SUPPORTED",
      "COMPONENT_TEMPLATE_INVALID",
    ]);
  });

  it.each(['["hunter2"]', '\n      ["hunter2"]', "hunter2: x", "\n      - hunter2"])(
    "does not print a secret that is written in the file: %j",
    async (value) => {
      const file = join(folder, "secret.yaml");
      writeFileSync(file, valid.replace(/client_secret: .*/, `client_secret: ${value}`));
      const error = await readComponentFile(file).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(ComponentError);
      const { message, excerpt } = error as ComponentError;
      expect(`${message}${excerpt}`).not.toContain("hunter2");
    },
  );
});
