import { z } from "zod";

const version = z.literal(1);
const key = z.array(z.string());
const diagnostic = z.strictObject({
  code: z.string(),
  severity: z.enum(["error", "warning"]),
  object: z
    .strictObject({ type: z.string(), id: z.string(), name: z.string(), url: z.string().nullable() })
    .nullable(),
  message: z.string(),
});
const outcome = z.strictObject({ what: z.string(), counts: z.record(z.string(), z.number()) });
const provenance = z.looseObject({ basis: z.string() });
const metadata = z.record(z.string(), z.strictObject({ type: z.string(), value: z.unknown() }));
const asset = z.strictObject({
  key,
  kinds: z.array(z.string()),
  description: z.string().nullable(),
  owners: z.array(z.string()),
  group: z.string().nullable(),
  tags: z.record(z.string(), z.string()),
  deps: z.array(z.strictObject({ key, metadata, provenance: z.array(provenance) })),
  metadata,
  isExecutable: z.boolean(),
  columnProvenance: z.record(z.string(), z.array(provenance.nullable())).optional(),
});
const named = { key, name: z.string() };
const broken = z.strictObject({
  ...named,
  columns: z.array(z.string()),
  elements: z.array(z.string()),
  owners: z.array(z.string()),
});
const versions = z.tuple([z.number().nullable(), z.number().nullable()]);
const difference = {
  added: z.array(z.strictObject(named)),
  removed: z.array(z.strictObject({ ...named, breaks: z.array(broken) })),
  changed: z.array(
    z.strictObject({
      ...named,
      before: z.strictObject(named).nullable(),
      folders: z.tuple([z.array(z.string()), z.array(z.string())]).nullable(),
      addedDeps: z.array(key),
      removedDeps: z.array(key),
      addedColumns: z.array(z.string()),
      removedColumns: z.array(z.string()),
      rewiredColumns: z.array(z.string()),
      addedOwners: z.array(z.string()),
      removedOwners: z.array(z.string()),
      versions: versions.nullable(),
      breaks: z.array(broken),
    }),
  ),
};
const listening = { version, host: z.string(), port: z.number(), url: z.string() };

/** The output of each command with `--json`, by the name of the command; `failure` is the line on stderr. */
const affected = z.strictObject({
  ...named,
  kind: z.string(),
  folder: z.array(z.string()),
  owners: z.array(z.string()),
  url: z.string().nullable(),
  columns: z.array(z.string()),
  elements: z.array(z.string()),
  certainty: z.enum(["column", "asset"]),
  steps: z.number(),
  through: z.array(key),
});

export const jsonSchemas = {
  assets: z.strictObject({
    version,
    assets: z.array(asset),
    diagnostics: z.array(diagnostic),
    summary: z.strictObject({
      requests: z.number(),
      wallMs: z.number(),
      stateFetchedAt: z.string().nullable(),
      notes: z.array(z.string()),
    }),
  }),
  show: z.strictObject({ version, asset, upstream: z.array(key), downstream: z.array(key) }),
  impact: z.strictObject({
    version,
    changed: z.array(z.strictObject({ key, column: z.string().nullable() })),
    affected: z.array(affected),
    owners: z.array(z.strictObject({ owner: z.string(), count: z.number() })),
    unaffected: z.array(key),
    // With --from and --to.
    changes: z
      .array(
        z.strictObject({
          change: z.enum([
            "table-dropped",
            "table-renamed",
            "column-dropped",
            "column-renamed",
            "type-changed",
            "column-added",
          ]),
          dbt: z.string(),
          table: z.array(z.string()),
          file: z.string().nullable(),
          column: z.string().nullable(),
          from: z.string().nullable(),
          to: z.string().nullable(),
          affected: z.array(affected),
        }),
      )
      .optional(),
  }),
  check: z.strictObject({
    version,
    diagnostics: z.array(z.looseObject(diagnostic.shape)),
    matches: z.array(
      z.strictObject({
        table: key,
        key,
        matchedBy: z.string().nullable(),
        candidates: z.array(key),
      }),
    ),
    outcomes: z.array(outcome),
    provenances: z.array(z.looseObject({ what: z.string(), count: z.number() })),
  }),
  diff: z.strictObject({ version, ...difference }),
  refresh: z.strictObject({
    version,
    files: z.array(z.string()),
    requests: z.number(),
    diff: z.strictObject(difference).optional(),
  }),
  snapshot: z.strictObject({ version, files: z.array(z.string()) }),
  scaffold: z.strictObject({ version, files: z.array(z.string()) }),
  materialize: z.looseObject({ version, outcome: z.string(), documents: z.array(z.looseObject({ key })) }),
  doctor: z.union([
    z.strictObject({
      version,
      routes: z.array(
        z.strictObject({
          route: z.string(),
          calls: z.number(),
          statuses: z.record(z.string(), z.number()),
          bytes: z.number(),
        }),
      ),
      recorded: z.number().nullable(),
    }),
    z.strictObject({ version, baseUrl: z.string(), organizationId: z.string(), userId: z.string() }),
    z.strictObject({ version, baseUrl: z.string(), region: z.string().nullable() }),
  ]),
  init: z.strictObject({
    version,
    files: z.array(z.strictObject({ file: z.string(), outcome: z.enum(["written", "changed", "kept"]) })),
    baseUrl: z.string().nullable(),
    problem: z.string().nullable(),
  }),
  sql: z.strictObject({ version, tables: z.array(z.array(z.string())) }),
  dev: z.strictObject(listening),
  serve: z.union([
    z.strictObject(listening),
    z.strictObject({ version, file: z.string(), isChanged: z.boolean() }),
  ]),
  sandbox: z.strictObject({
    version,
    baseUrl: z.string(),
    clientId: z.string(),
    clientSecret: z.string(),
  }),
  failure: z.strictObject({ code: z.string(), message: z.string(), hint: z.string().nullable() }),
} as const;

/** One JSON Schema with a definition for each command. */
export function jsonSchemaText(): string {
  const $defs = Object.fromEntries(
    Object.entries(jsonSchemas).map(([name, schema]) => {
      const { $schema: _, ...definition } = z.toJSONSchema(schema);
      return [name, definition];
    }),
  );
  const schema = {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "JSON output of the commands of dagster-sigma, version 1",
    $defs,
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}
