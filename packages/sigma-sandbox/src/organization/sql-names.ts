/** Words that stand in names here and cannot without quotes. */
const reserved: ReadonlySet<string> = new Set(["select", "from", "order", "group", "table"]);

/** A name as the SQL of a connection of that type writes it: in quotes where it needs them. */
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
