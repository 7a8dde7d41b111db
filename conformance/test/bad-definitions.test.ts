import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DagsterGrpcClient } from "../src/dagster/grpc-client.ts";
import { until } from "../src/serving/until.ts";
import { dagsterPython, needsPython } from "./reference.ts";
import { serve } from "./serve-process.ts";

const good = (key: string): string => `import { AssetSpec, Definitions } from "dagster-sigma";
export default new Definitions({ assets: [new AssetSpec({ key: "${key}" })] });
`;

const python = (await dagsterPython()) ?? "";

/** The mistake in each definitions file, Dagster's error, and its message. */
const table: readonly (readonly [what: string, text: string, name: string, message: RegExp])[] = [
  [
    "throws",
    'const a = 1;\nthrow new RangeError("not like this");\n',
    "DEFINITIONS_FILE_FAILED",
    /definitions\.ts:2:7: RangeError: not like this/,
  ],
  [
    "exits",
    "const a = 1;\nprocess.exit(3);\n",
    "DEFINITIONS_EXITED",
    /definitions\.ts:2:9: .*process\.exit\(3\)/,
  ],
  [
    "rejects a promise that nothing handles",
    'void Promise.reject(new TypeError("unhandled"));\nawait new Promise((done) => setTimeout(done, 5_000));\n',
    "DEFINITIONS_UNCAUGHT",
    /definitions\.ts:1:\d+: .*unhandled/,
  ],
  [
    "runs out of memory",
    "const all: unknown[] = [];\nfor (;;) all.push(new Array(100_000).fill(Math.random()));\n",
    "DEFINITIONS_OUT_OF_MEMORY",
    /memory limit/,
  ],
  [
    "hangs with a timer alive",
    "setInterval(() => undefined, 1_000);\nawait new Promise(() => undefined);\n",
    "DEFINITIONS_STALLED",
    /The load of .*definitions\.ts was ended after 5 s without activity/,
  ],
  [
    "waits for a promise that never settles",
    "await new Promise(() => undefined);\n",
    "DEFINITIONS_UNSETTLED",
    /promise that can never settle/,
  ],
  [
    "loops",
    "for (;;);\n",
    "DEFINITIONS_STALLED",
    /The load of .*definitions\.ts was ended after 5 s without activity/,
  ],
  [
    "exports nothing",
    "export const a = 1;\n",
    "DEFINITIONS_FILE_NO_DEFINITIONS",
    /does not export definitions/,
  ],
];

describe.skipIf(python === "")(`${needsPython} a definitions file that`, () => {
  let client: DagsterGrpcClient;
  beforeAll(() => {
    client = new DagsterGrpcClient(python);
  });
  afterAll(() => client.close());

  const listed = (port: number): Promise<Readonly<Record<string, unknown>>> => client.call(port, "list");

  it.each(table)(
    "%s has its own error in Dagster, and loads after a valid edit",
    async (_what, text, name, message) => {
      const file = join(mkdtempSync(join(tmpdir(), "dagster-sigma-bad-")), "definitions.ts");
      writeFileSync(file, text);
      const served = await serve(
        ["-f", file, ...(name === "DEFINITIONS_STALLED" ? ["--load-timeout", "5s"] : [])],
        {
          NODE_OPTIONS: "--max-old-space-size=200",
        },
      );
      await until(async () => {
        const answer = await listed(served.port);
        return (
          answer["__class__"] === "SerializableErrorInfo" && answer["cls_name"] !== "CODE_LOCATION_LOADING"
        );
      });
      expect(await listed(served.port)).toMatchObject({
        cls_name: name,
        message: expect.stringMatching(message),
      });
      expect(served.err()).toMatch(/^Not loaded \(\d/);
      writeFileSync(file, good("healed"));
      const editedMs = performance.now();
      await until(async () => "repository_symbols" in (await listed(served.port)));
      expect(performance.now() - editedMs).toBeLessThan(10_000);
    },
    60_000,
  );

  it("loops during its load is ended immediately by a valid edit, long before the time limit", async () => {
    const file = join(mkdtempSync(join(tmpdir(), "dagster-sigma-bad-")), "definitions.ts");
    writeFileSync(file, good("first"));
    const served = await serve(["-f", file]);
    await served.errWith("assets loaded");
    const first = await client.call(served.port, "server_id");
    writeFileSync(file, "for (;;);\n");
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(await client.call(served.port, "server_id")).toBe(first);
    writeFileSync(file, good("second"));
    const editedMs = performance.now();
    await until(async () => (await client.call(served.port, "server_id")) !== first);
    expect(performance.now() - editedMs).toBeLessThan(10_000);
  }, 60_000);
});
