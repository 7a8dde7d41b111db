import type { ConnectionRow } from "@dagster-sigma/sigma-client";

/** What names leave out on a connection, which Sigma does not tell: by the name of the connection, or its id. */
export type ConnectionDefaults = Readonly<
  Record<string, { readonly database?: string; readonly schema?: string }>
>;

/** A path with the database and schema that it leaves out. */
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
