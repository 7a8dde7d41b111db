/** Combines results of the same shape: the median of each number, the last of other values. */
export function medians(results) {
  const last = results.at(-1);
  if (results.every((result) => typeof result === "number"))
    return [...results].sort((a, b) => a - b)[Math.floor(results.length / 2)];
  if (last === null || typeof last !== "object" || Array.isArray(last)) return last;
  return Object.fromEntries(
    Object.keys(last).map((field) => [field, medians(results.map((result) => result?.[field] ?? null))]),
  );
}
