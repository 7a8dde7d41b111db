// Imports go one way, pure code stays pure, and there are no import cycles. The rules are in ARCHITECTURE.md and in
// scripts/imports/; this applies them to the repository. With --explain it prints the imports of every cycle.
import { hostAccess, pureDependencies } from "./imports/allowances.mjs";
import { checkImports, explainImports } from "./imports/check-imports.mjs";
import { doors } from "./imports/doors.mjs";
import { knownCircles } from "./imports/known-circles.mjs";
import { root, sourceFiles } from "./source-files.mjs";

const paths = sourceFiles(".ts", ".tsx");
if (process.argv.includes("--explain")) console.log(explainImports({ root, paths }).join("\n\n"));
const problems = checkImports({ root, paths, knownCircles, pureDependencies, hostAccess, doors });
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;
