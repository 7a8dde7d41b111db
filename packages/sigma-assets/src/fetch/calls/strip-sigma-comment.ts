/** Removes the comment that Sigma appends to queries, which contains the e-mail address of the user. */
export function stripSigmaComment(sql: string): string {
  return sql.replace(/\s*--\s*Sigma\s+Σ\s*\{[^\n]*/gu, "");
}
