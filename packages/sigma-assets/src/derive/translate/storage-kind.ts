/** Sigma's connection types whose names differ from Dagster's kinds. */
const kinds: Readonly<Record<string, string>> = {
  postgresql: "postgres",
  "azure synapse": "synapse",
  sqlserver: "mssql",
};

/** Dagster's kind for the type of a connection; null if the type is unknown. */
export function storageKindOf(connectionType: string | null | undefined): string | null {
  const type = connectionType?.trim().toLowerCase();
  if (type === undefined || type === "") return null;
  return kinds[type] ?? type.replace(/[^a-z0-9_.-]+/g, "_");
}
