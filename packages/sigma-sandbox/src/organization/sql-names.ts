/** Reserved words in names, which need quotes. */
const reserved: ReadonlySet<string> = new Set(["select", "from", "order", "group", "table"]);

/** Quotes a name in SQL of a connection type, if necessary. */
export function sqlName(connectionType: string, name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !reserved.has(name.toLowerCase())
    ? name
    : quotedSqlName(connectionType, name);
}

export function quotedSqlName(connectionType: string, name: string): string {
  return ["bigquery", "databricks"].includes(connectionType.toLowerCase())
    ? `\`${name.replaceAll("`", "``")}\``
    : `"${name.replaceAll('"', '""')}"`;
}
