/** Quotes a value; null if the syntax cannot express it. */
export function quotedValue(value: string): string | null {
  return /["\\\r\n]/.test(value) ? null : `"${value}"`;
}

/** Quotes a value of an attribute that supports wildcards; characters that cannot be expressed become `*`. */
export function quotedPattern(value: string): string {
  return `"${value.replace(/["\\\r\n]/g, "*")}"`;
}
