import { describe, expect, it } from "vitest";
import type { Finding } from "../src/findings/finding.ts";
import { githubAnnotations } from "../src/findings/github-annotations.ts";
import { gitlabReport } from "../src/findings/gitlab-report.ts";
import { sarifLog } from "../src/findings/sarif-log.ts";

const finding: Finding = {
  level: "error",
  rule: "column-dropped",
  title: "Column a,b: dropped",
  message: "- 100% of it\n::set-output name=x::hacked\r\n- second",
  file: "models/ä b,c:d.sql",
  line: 3,
  identity: ["model.shop.m", "a"],
};

describe("findings", () => {
  it("are one line each in GitHub's annotations, with everything escaped that would end a property or the line", () => {
    const text = githubAnnotations([finding, { ...finding, level: "note", file: null, line: null }]);
    expect(text.trimEnd().split("\n")).toEqual([
      "::error file=models/ä b%2Cc%3Ad.sql,line=3,title=Column a%2Cb%3A dropped::- 100%25 of it%0A::set-output name=x::hacked%0D%0A- second",
      "::notice title=Column a%2Cb%3A dropped::- 100%25 of it%0A::set-output name=x::hacked%0D%0A- second",
    ]);
  });

  it("keep their fingerprint if their line and text change, in GitLab and SARIF", () => {
    const moved = { ...finding, line: 9, title: "Column a: dropped, 2 workbooks affected" };
    const other = { ...finding, identity: ["model.shop.m", "b"] };
    const gitlab = gitlabReport([finding, moved, other]) as readonly { readonly fingerprint: string }[];
    const sarif = sarifLog([finding, moved, other], String) as {
      readonly runs: readonly [{ readonly results: readonly { readonly partialFingerprints: object }[] }];
    };
    for (const prints of [
      gitlab.map(({ fingerprint }) => fingerprint),
      sarif.runs[0].results.map(({ partialFingerprints }) => JSON.stringify(partialFingerprints)),
    ]) {
      expect(prints[1]).toBe(prints[0]);
      expect(prints[2]).not.toBe(prints[0]);
    }
  });

  it("have addresses of files in SARIF, and rules that they refer to", () => {
    const log = sarifLog([finding, { ...finding, rule: "type-changed", level: "warning" }], String) as {
      readonly runs: readonly [
        {
          readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
          readonly results: readonly {
            readonly ruleId: string;
            readonly ruleIndex: number;
            readonly locations: readonly [
              { readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } } },
            ];
          }[];
        },
      ];
    };
    const [{ tool, results }] = log.runs;
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
    expect(results[0]?.locations[0].physicalLocation.artifactLocation.uri).toBe(
      "models/%C3%A4%20b%2Cc%3Ad.sql",
    );
  });
});
