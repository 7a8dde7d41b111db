import type { ConnectionRow } from "@dagster-sigma/sigma-client";

/** Default database and schema of short table names, by name or id of the connection. */
export type ConnectionDefaults = Readonly<
  Record<string, { readonly database?: string; readonly schema?: string }>
>;

/** Completes a path with default database and schema. */
export function completePath(
  path: readonly string[],
  connection: ConnectionRow | null,
  defaults: ConnectionDefaults,
): readonly string[] {
  const name = [connection?.connectionId, connection?.name].find(
    (text) => text != null && Object.hasOwn(defaults, text),
  );
  const { database, schema } = defaults[name ?? ""] ?? {};
  const withSchema = path.length === 1 && schema !== undefined ? [schema, ...path] : path;
  return withSchema.length === 2 && database !== undefined ? [database, ...withSchema] : withSchema;
}
