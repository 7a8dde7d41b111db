import { describe, expect, it } from "vitest";
import { runCommand } from "./run-command.ts";
import { startSandboxEnvironment } from "./sandbox-environment.ts";

describe("dagster-sigma check", () => {
  it("prints diagnostics by code, with the object, its URL and what to do; exits with 0 without errors", async () => {
    const { env } = await startSandboxEnvironment();
    const { code, out } = await runCommand(["check"], { env });
    expect(code).toBe(0);
    expect(out).toContain("As the credentials see it");
    expect(out).toContain("warning KEY_COLLISION (6)");
    expect(out).toContain("To do: Rename one of them");
    expect(out).toContain("https://app.sigmacomputing.com/harbor-coffee/workbook/");
    expect(out).toContain("Promotions 2023: ");
    expect(out).toMatch(/0 errors, \d+ warnings\n$/);
  });

  it("exits with 3 for errors, and with --strict also for warnings", async () => {
    const { sandbox, env } = await startSandboxEnvironment();
    expect((await runCommand(["check", "--strict"], { env })).code).toBe(3);
    const [workbook] = sandbox.organization.workbooks;
    const forbidden = { kind: "status", status: 403, code: "forbidden" } as const;
    sandbox.faults.add({ path: workbook?.id ?? "", fault: forbidden });
    const { code, out } = await runCommand(["check", "--json"], { env });
    expect(code).toBe(3);
    const { diagnostics, matches } = JSON.parse(out) as {
      diagnostics: { code: string }[];
      matches: unknown[];
    };
    expect(diagnostics.map((diagnostic) => diagnostic.code)).toContain("LINEAGE_UNAVAILABLE");
    expect(matches).toEqual([]);
    const { provenances } = JSON.parse(out) as {
      provenances: { what: string; basis: string; count: number }[];
    };
    const bases = (what: string): readonly string[] =>
      provenances.filter((each) => each.what === what && each.count > 0).map(({ basis }) => basis);
    expect(bases("dependency")).toEqual(expect.arrayContaining(["reported", "sql"]));
    expect(bases("columnDependency")).toEqual(expect.arrayContaining(["reported", "formula"]));
  });

  it("prints each diagnostic once in each format for pull requests", async () => {
    const { env } = await startSandboxEnvironment();
    const of = async (...args: readonly string[]): Promise<string> => {
      const { code, out } = await runCommand(["check", "--quiet", ...args], { env });
      expect(code).toBe(0);
      return out;
    };
    const { diagnostics } = JSON.parse(await of("--json")) as {
      readonly diagnostics: readonly {
        readonly code: string;
        readonly object: { readonly name: string } | null;
      }[];
    };
    expect(diagnostics.length).toBeGreaterThan(5);
    const lines = (await of("-o", "github")).trimEnd().split("\n");
    expect(lines.map((line) => /^::warning title=([A-Z_]+)/.exec(line)?.[1])).toEqual(
      diagnostics.map(({ code }) => code),
    );
    const gitlab = JSON.parse(await of("-o", "gitlab")) as readonly { readonly check_name: string }[];
    expect(gitlab.map(({ check_name }) => check_name)).toEqual(
      diagnostics.map(({ code }) => `dagster-sigma/${code}`),
    );
    const sarif = JSON.parse(await of("-o", "sarif")) as {
      readonly runs: readonly [{ readonly results: readonly { readonly ruleId: string }[] }];
    };
    expect(sarif.runs[0].results.map(({ ruleId }) => ruleId)).toEqual(diagnostics.map(({ code }) => code));
    const rows = (await of("-o", "markdown")).split("\n").filter((line) => line.startsWith("| warning |"));
    expect(rows).toHaveLength(diagnostics.length);
  });
});
