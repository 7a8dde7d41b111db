import { readFileSync } from "node:fs";
import { join } from "node:path";
import { AutomationCondition } from "@dagster-sigma/asset-graph";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  automationCases,
  type ComparedCondition,
  comparedConditions,
  evaluateCases,
  requestedTicks,
} from "../src/dagster/automation-cases.ts";
import { automationExpressions } from "../src/dagster/automation-expressions.ts";
import { AutomationJudge } from "../src/dagster/automation-judge.ts";
import { cronSchedules } from "../src/dagster/cron-schedules.ts";
import { serializedCondition } from "../src/dagster/serialized-condition.ts";
import { pythonEnvironment } from "../src/python/python-environment.ts";
import { needsPython } from "./reference.ts";

const environments = {
  "1.13.27": "dagster-webserver",
  "1.11.16": "dagster-webserver-1.11.16",
  "1.9.13": "dagster-webserver-1.9.13",
} as const;

const conditions = Object.keys(comparedConditions) as ComparedCondition[];

/** Dagster 1.9 changes parts of conditions less deeply, and older versions than 1.13 have no `resolve_through_virtual(False)`. */
function isBuiltOtherwise(expression: string, version: string): boolean {
  return (
    (version === "1.9.13" && /\.replace\(|^AC\.eager\(\)\.allow|\.since\(.*\.ignore/.test(expression)) ||
    (version !== "1.13.27" && expression.includes("resolve_through_virtual(False)"))
  );
}

const pythons = await Promise.all(
  Object.entries(environments).map(
    async ([version, environment]) => [version, await pythonEnvironment(environment)] as const,
  ),
);
const judges = new Map<string, AutomationJudge>();

// All at once: most of their time is Python's start.
beforeAll(() => {
  for (const [version, python] of pythons)
    if (python !== null) judges.set(version, new AutomationJudge(python));
});
afterAll(() => Promise.all([...judges.values()].map((judge) => judge.close())));

for (const [version, python] of pythons) {
  if (python === null && process.env["CI"]) throw new Error("The tests need Python 3.10 or newer.");

  describe.skipIf(python === null)(`${needsPython} automation conditions and Dagster ${version}`, () => {
    const judgeOf = (): AutomationJudge => judges.get(version) as AutomationJudge;

    it("can all be built, and each is compared", async () => {
      for (const name of await judgeOf().constructors()) {
        const ours = name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
        expect(AutomationCondition, name).toHaveProperty(ours, expect.any(Function));
        expect(
          automationExpressions.some(([text]) => text.includes(`AC.${name}(`)),
          name,
        ).toBe(true);
      }
    });

    it("have the same JSON, or are refused alike", async () => {
      const compared = automationExpressions.filter(([text]) => !isBuiltOtherwise(text, version));
      const judged = await judgeOf().serialize(compared.map(([text]) => text));
      const refused: string[] = [];
      for (const [index, [text, build]] of compared.entries()) {
        const ours = serializedCondition(build(), version);
        const theirs = judged[index];
        if (theirs === undefined || "refused" in theirs) {
          expect(ours, text).toMatchObject({
            refused: expect.stringContaining(`which Dagster ${version} does not have`),
          });
          refused.push(text);
        } else expect(ours, text).toEqual(theirs);
      }
      expect(compared.length - refused.length).toBeGreaterThan(60);
      if (version === "1.13.27") expect(refused).toEqual([]);
    });

    it("accept the same cron schedules", async () => {
      const accepts = (schedule: string): boolean => {
        try {
          AutomationCondition.cronTickPassed(schedule);
          return true;
        } catch {
          return false;
        }
      };
      const judged = await judgeOf().acceptsSchedules(cronSchedules);
      expect(cronSchedules.map((schedule) => [schedule, accepts(schedule)])).toEqual(
        cronSchedules.map((schedule, index) => [schedule, judged[index]]),
      );
    });

    it("request a workbook as the guide says", async () => {
      const isNewest = version === "1.13.27";
      const cases = automationCases.flatMap((entry) =>
        conditions
          .filter(
            (name) => isNewest || (name === "eager()" && !entry.upstream.some(({ virtual }) => virtual)),
          )
          .map((name) => [entry, name] as const),
      );
      const requested = await evaluateCases(judgeOf(), cases, version);
      const named = cases.map(([{ reads }, name]) => `${name}, reading ${reads}`);
      expect(named.map((name, index) => [name, requested[index]])).toEqual(
        cases.map(([{ requests }, name], index) => [named[index], requestedTicks[requests[name]]]),
      );
    });
  });
}

it("the guide has the table of the conditions that were evaluated", () => {
  const guide = readFileSync(join(import.meta.dirname, "..", "..", "docs", "guide", "automation.md"), "utf8");
  const cells = automationCases.map(({ reads, requests }) => [
    reads,
    ...conditions.map((name) => requests[name]),
  ]);
  const head = ["the workbook reads", ...conditions.map((name) => `\`${name}\``)];
  const table = [head, head.map(() => "---"), ...cells].map((row) => `| ${row.join(" | ")} |`).join("\n");
  expect(guide).toContain(table.replaceAll("| --- ", "|---").replaceAll("|--- |", "|---|"));
});
