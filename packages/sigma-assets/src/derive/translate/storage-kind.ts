/** Sigma's connection types under other names than Dagster's kinds. */
const kinds: Readonly<Record<string, string>> = {
  postgresql: "postgres",
  "azure synapse": "synapse",
  sqlserver: "mssql",
};

/** The kind under which Dagster shows the warehouse of a connection; null when the type is not told. */
export function storageKindOf(connectionType: string | null | undefined): string | null {
  const type = connectionType?.trim().toLowerCase();
  if (type === undefined || type === "") return null;
  return kinds[type] ?? type.replace(/[^a-z0-9_.-]+/g, "_");
}
