/** Takes out the comment by which Sigma marks its queries: it names the member who asked, by e-mail address. */
export function stripSigmaComment(sql: string): string {
  return sql.replace(/\s*--\s*Sigma\s+Σ\s*\{[^\n]*/gu, "");
}
