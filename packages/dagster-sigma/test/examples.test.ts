import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root, runCommand } from "./run-command.ts";
import { startSandboxEnvironment } from "./sandbox-environment.ts";

interface Asset {
  readonly key: readonly string[];
  readonly owners: readonly string[];
  readonly deps: readonly { readonly key: readonly string[] }[];
}

/** Expected results of each example, for the sample company. */
const expectations: Readonly<Record<string, (assets: readonly Asset[]) => void>> = {
  "01-representing-sigma-assets.ts": (assets) => expect(assets).toHaveLength(51),
  "02-filtering-sigma-assets.ts": (assets) => {
    const keys = assets.map(({ key }) => key.join("/"));
    expect(keys).toEqual(
      expect.arrayContaining(["Basket_Analysis", "Cash_Position", "Company_Pulse", "Sales"]),
    );
    expect(keys).not.toContain("Stock_Counts");
    expect(keys).not.toContain("Orders_Explorer");
  },
  "03-customize-sigma-asset-definitions.ts": (assets) => {
    expect(assets.find(({ key }) => key[0] === "Orders_Explorer")).toMatchObject({
      owners: ["team:bi"],
      deps: [{ key: ["sigma", "Sales"] }],
    });
    expect(assets.some(({ key }) => key.join("/") === "sigma/Sales")).toBe(true);
  },
  "04-multiple-sigma-organizations.ts": (assets) => {
    expect(assets).toHaveLength(102);
    expect(new Set(assets.map(({ key }) => key[0]))).toEqual(new Set(["sales", "marketing"]));
  },
  "05-customize-upstream-dependencies.ts": (assets) => {
    const deps = (name: string): unknown =>
      assets.find(({ key }) => key[0] === name)?.deps.map(({ key }) => key);
    expect(deps("Revenue_Overview")).toEqual([["my_upstream_asset"]]);
    expect(deps("Headcount")).toEqual([
      ["harbor", "people", "employees"],
      ["hr", "employees"],
    ]);
  },
  "06-sigma-organization-snapshot.ts": (assets) => expect(assets).toHaveLength(51),
  "07-sensors-and-checks.ts": (assets) => expect(assets).toHaveLength(51),
};

describe("examples", () => {
  it("each have an expected result here", () => {
    expect(
      readdirSync(join(root, "examples"))
        .filter((file) => file.endsWith(".ts"))
        .sort(),
    ).toEqual(Object.keys(expectations));
  });

  it.each(Object.entries(expectations))(
    "%s runs and gives the described result",
    async (file, expectation) => {
      const { env } = await startSandboxEnvironment();
      const forTeams = Object.fromEntries(
        Object.entries(env).flatMap(([name, value]) =>
          ["SALES", "MARKETING"].map((team) => [`${team}_${name}`, value]),
        ),
      );
      const example = join(root, "examples", file);
      const variables = {
        ...env,
        ...forTeams,
        SIGMA_SNAPSHOT_PATH: join(process.env["TMPDIR"] ?? "/tmp", `example-${process.pid}.ndjson`),
      };
      if (file.startsWith("06")) await runCommand(["snapshot", "-f", example], { env: variables });
      const { code, out, err } = await runCommand(["assets", "-f", example, "--json"], { env: variables });
      expect([code, err]).toEqual([0, ""]);
      expectation((JSON.parse(out) as { assets: Asset[] }).assets);
    },
  );
});
