/**
 * The files that `npm run test:mutation -- <scope>` changes, and the tests that should fail then. Each entry is a path prefix.
 * Tests of whole loads reach nearly every mutant and take minutes, so they are not among the tests of the code below `derive/`.
 *
 * @type {Readonly<Record<string, { readonly files: readonly string[], readonly tests: readonly string[] }>>}
 */
export const scopes = {
  keys: { files: ["packages/asset-graph/src/keys/"], tests: ["packages/asset-graph/test/"] },
  selection: {
    files: ["packages/asset-graph/src/selection/"],
    tests: ["packages/asset-graph/test/selection", "packages/asset-graph/test/complete-selection"],
  },
  impact: {
    files: ["packages/asset-graph/src/impact/", "packages/asset-graph/src/difference/"],
    tests: ["packages/asset-graph/test/"],
  },
  retry: {
    files: ["retry-policy", "retry-after", "build-call-error", "attempt-deadline", "call-time"].map(
      (name) => `packages/sigma-client/src/http/${name}.ts`,
    ),
    tests: ["packages/sigma-client/test/"],
  },
  pace: {
    files: ["pace", "adaptive-rate"].map((name) => `packages/sigma-client/src/http/${name}.ts`),
    tests: ["packages/sigma-client/test/"],
  },
  limits: {
    files: [
      "answer-budget",
      "answer-handler",
      "gunzip-within",
      "json-limits",
      "slow-body-watch",
      "known-secrets",
    ].map((name) => `packages/sigma-client/src/http/${name}.ts`),
    tests: ["packages/sigma-client/test/"],
  },
  "sign-in": { files: ["packages/sigma-client/src/sign-in/"], tests: ["packages/sigma-client/test/"] },
  "sql-tables": { files: ["packages/sql-lineage/src/tables/"], tests: ["packages/sql-lineage/test/"] },
  "sql-columns": { files: ["packages/sql-lineage/src/columns/"], tests: ["packages/sql-lineage/test/"] },
  lineage: {
    files: ["packages/sigma-assets/src/derive/lineage/"],
    tests: ["packages/sigma-assets/test/derive/", "packages/sigma-assets/test/true-edges"],
  },
  columns: {
    files: ["packages/sigma-assets/src/derive/columns/"],
    tests: [
      "packages/sigma-assets/test/derive/columns/",
      "packages/sigma-assets/test/derive/objects/data-model-elements",
      "packages/sigma-assets/test/derive/objects/document-shapes",
      "packages/sigma-assets/test/true-edges",
    ],
  },
  translate: {
    files: ["packages/sigma-assets/src/derive/translate/"],
    tests: ["packages/sigma-assets/test/derive/", "packages/sigma-assets/test/fetch/table-matchers/"],
  },
  lock: {
    files: [
      "packages/sigma-assets/src/fetch/store/lock-file.ts",
      "packages/sigma-assets/src/fetch/store/lock-holder.ts",
      "packages/sigma-assets/src/fetch/store/state-lock.ts",
      "packages/foundation/src/live-threads.ts",
    ],
    tests: ["packages/sigma-assets/test/fetch/store/", "packages/foundation/test/live-threads"],
  },
  journal: {
    files: [
      "packages/sigma-assets/src/fetch/store/line-checksums.ts",
      "packages/sigma-assets/src/fetch/store/read-journal.ts",
      "packages/sigma-assets/src/fetch/store/refresh-journal.ts",
    ],
    tests: ["packages/sigma-assets/test/fetch/"],
  },
  cache: {
    files: ["packages/sigma-assets/src/load/graph-cache.ts"],
    tests: ["packages/sigma-assets/test/load/", "packages/sigma-assets/test/fetch/store/file-modes"],
  },
  reload: {
    files: ["packages/definitions-host/src/reload/", "packages/definitions-host/src/worker/"],
    tests: ["packages/definitions-host/test/"],
  },
  records: {
    files: ["packages/code-location/src/records/", "packages/code-location/src/wire/"],
    tests: ["packages/code-location/test/"],
  },
};
