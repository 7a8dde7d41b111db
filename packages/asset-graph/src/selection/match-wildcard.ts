/**
 * Creates a matcher for a pattern in which `*` stands for any number of characters, including none. Case-sensitive.
 */
export function wildcardMatcher(pattern: string): (text: string) => boolean {
  if (!pattern.includes("*")) return (text) => text === pattern;
  const parts = pattern.split("*");
  const first = parts[0] as string;
  const last = parts.at(-1) as string;
  const between = parts.slice(1, -1).filter((part) => part !== "");
  return (text) => {
    if (!text.startsWith(first) || !text.endsWith(last)) return false;
    // Each part is matched as early as possible, so that matching takes linear time.
    let at = first.length;
    for (const part of between) {
      const found = text.indexOf(part, at);
      if (found === -1) return false;
      at = found + part.length;
    }
    return at + last.length <= text.length;
  };
}
