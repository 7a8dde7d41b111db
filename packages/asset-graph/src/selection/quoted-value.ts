/** A value in the quotes that the syntax knows; null for what cannot be written in them. */
export function quotedValue(value: string): string | null {
  return /["\\\r\n]/.test(value) ? null : `"${value}"`;
}

/** The same for attributes that know wildcards: what cannot be written becomes `*`. */
export function quotedPattern(value: string): string {
  return `"${value.replace(/["\\\r\n]/g, "*")}"`;
}
