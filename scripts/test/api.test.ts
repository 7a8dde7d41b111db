import { expect, it } from "vitest";
import { apiReport } from "../api/api-report.mjs";
import { undocumentedNames } from "../api/undocumented.mjs";
import { madeUpTree } from "./made-up-tree.ts";

const declarations = {
  "package.json": JSON.stringify({
    name: "@x/made-up",
    exports: { ".": { types: "./dist/index.d.ts" }, "./more": { types: "./dist/more.d.ts" } },
  }),
  "dist/index.d.ts": `export { Client, type ClientOptions as Options } from "./client.js";
export * from "./rows.js";
export { z, type Infer as TypeOf } from "zod";
`,
  "dist/client.d.ts": `import type { Pace } from "./pace.js";
export interface ClientOptions {
    /** How fast. */
    readonly pace?: Pace;
}
/** Calls. */
export declare class Client {
    #private;
    private readonly options;
    private constructor();
    static open(options: ClientOptions): Promise<Client>;
}
`,
  "dist/pace.d.ts": "export type Pace = Unit | number;\ntype Unit = 'fast';\nexport type Unused = 1;\n",
  "dist/rows.d.ts": `export declare function rows(count: number): string[];
export declare function rows(name: string): string;
`,
  "dist/more.d.ts": 'export declare const more: import("./rows.js").Row;\nexport type more = 1;\n',
};

const report = `## \`@x/made-up\`

\`\`\`ts
class Client {
    private constructor();
    static open(options: ClientOptions): Promise<Client>;
}
// exported as Options
interface ClientOptions {
    readonly pace?: Pace;
}
function rows(count: number): string[];
function rows(name: string): string;
export {
  Infer as TypeOf,
  z,
} from "zod";
\`\`\`

## \`@x/made-up/more\`

\`\`\`ts
const more: import("./rows.js").Row;
type more = 1;
\`\`\`

## Used by these, not exported

\`\`\`ts
type Pace = Unit | number;
type Unit = 'fast';
\`\`\`
`;

it("an API report lists the exported declarations and what they use, without comments and private members", () => {
  const text = apiReport(madeUpTree(declarations));
  expect(text.slice(text.indexOf("## "))).toBe(report);
});

it("an API report changes with a type that is used and not exported", () => {
  const changed = declarations["dist/pace.d.ts"].replace("'fast'", "'slow'");
  expect(apiReport(madeUpTree({ ...declarations, "dist/pace.d.ts": changed }))).toContain(
    "type Unit = 'slow';",
  );
});

it("the doc comment check lists exports and options without a doc comment", () => {
  const tree = madeUpTree({
    ...declarations,
    "dist/client.d.ts": `/** Options. */
export interface ClientOptions {
    /** How fast. */
    readonly pace?: number;
    readonly url: string;
}
export interface Row {
    readonly id: string;
}
// Calls.
export declare class Client {}
`,
    "dist/index.d.ts":
      'export { Client, type ClientOptions, type Row as TableRow } from "./client.js";\nexport * from "./rows.js";\n',
    "dist/rows.d.ts": `/** One comment is enough for all overloads. */
export declare function rows(count: number): string[];
export declare function rows(name: string): string;
`,
    "dist/more.d.ts": "/* Not a doc comment. */\nexport declare const more: 1;\n",
  });
  expect(undocumentedNames(tree)).toEqual(["Client", "ClientOptions.url", "TableRow", "more"]);
});
