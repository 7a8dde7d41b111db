import { distance } from "fastest-levenshtein";

/** Number of names that are suggested at most. */
const mostSuggested = 3;

/**
 * The known names that a user may have meant, best first: with the same letters in another case, with few letters wrong, or that
 * contain the text. Empty if none is near.
 */
export function nearestNames(wanted: string, known: Iterable<string>): readonly string[] {
  const text = wanted.toLowerCase();
  const scored = [...new Set(known)].flatMap((name) => {
    const other = name.toLowerCase();
    // A user may have typed only the beginning of a long name.
    const steps = Math.min(distance(text, other), distance(text, other.slice(0, text.length)) + 0.5);
    // Two exchanged letters are two steps.
    const isNear = steps <= (text.length < 4 ? 1 : Math.max(2, Math.floor(text.length / 3)));
    if (isNear) return [{ name, score: steps }];
    return text.length >= 3 && other.includes(text) ? [{ name, score: text.length + steps / 1_000 }] : [];
  });
  return scored
    .sort((a, b) => a.score - b.score || (a.name < b.name ? -1 : 1))
    .slice(0, mostSuggested)
    .map(({ name }) => name);
}
