/** Of results of the same shape the one in which each number is the median; of what is no number the last. */
export function medians(results) {
  const last = results.at(-1);
  if (results.every((result) => typeof result === "number"))
    return [...results].sort((a, b) => a - b)[Math.floor(results.length / 2)];
  if (last === null || typeof last !== "object" || Array.isArray(last)) return last;
  return Object.fromEntries(
    Object.keys(last).map((field) => [field, medians(results.map((result) => result?.[field] ?? null))]),
  );
}
