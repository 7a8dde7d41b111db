import { sqlWords } from "./sql-words.ts";
import { letterCaseOf, letterCode, withCaseOfLetters, withLetterCase, wordCode } from "./word-codes.ts";

/** Names that Sigma itself gives. */
const sigmaNames = ["custom sql", "connection root", "my documents", "user folder"];
/** Names of the columns of `values (1, 2)`. */
const valuesColumn = /^column\d{1,2}$/;
const unionName = /^Union of \d{1,3} Sources$/i;

/** Runs of letters and digits of ASCII, which all comparisons of names treat as words. */
const asciiWords = /[A-Za-z0-9]+/g;
/** Characters that separate words, and other punctuation of ASCII; anything else is text. */
const punctuation = /[\t\n\r -/:-@[-`{-~]/;
/** Characters with case, and without. */
const runs = /[\p{Lu}\p{Ll}\p{Lt}]+|[^\p{Lu}\p{Ll}\p{Lt}]+/gu;
const maxPunctuation = 8;
const maxKnown = 200_000;

/**
 * Renames names. Each name gets a number; words, case and punctuation keep their form, so that names stay equal, or alike, as
 * far as Sigma and Dagster compare them: `CUSTOMER_ID` becomes `NAME12_PART2`, and `Customer Id` becomes `Name12 Part2`. Names
 * that differ in one word have nothing in common.
 */
export class NameMap {
  readonly #numbers = new Map<string, number>();
  readonly #texts = new Map<string, number>();
  readonly #characters = new Map<string, number>();
  readonly #mixtures = new Map<string, Map<string, number>>();
  readonly #known = new Map<string, string>();

  rename(name: string): string {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const renamed = unionName.test(name) ? name : this.#rename(name);
    // The cache is cleared when it is full; the numbers stay.
    if (this.#known.size >= maxKnown) this.#known.clear();
    this.#known.set(name, renamed);
    return renamed;
  }

  #rename(name: string): string {
    const lower = (name.match(asciiWords) ?? []).map((word) => word.toLowerCase());
    const key = lower.join(" ");
    const isKept = keptKeys.has(key) || valuesColumn.test(key);
    const number = isKept ? null : numberOf(this.#numbers, key);
    let index = 0;
    let end = 0;
    const parts: string[] = [];
    for (const { 0: word, index: start } of name.matchAll(asciiWords)) {
      parts.push(this.#gap(name.slice(end, start)));
      parts.push(number === null ? word : this.#word(word, number, index));
      index++;
      end = start + word.length;
    }
    return [...parts, this.#gap(name.slice(end))].join("");
  }

  #word(word: string, number: number, index: number): string {
    const code = wordCode(word.toLowerCase(), index === 0 ? number : index + 1, index === 0);
    const letterCase = letterCaseOf(word);
    return withLetterCase(code, letterCase, letterCase === "mixed" ? this.#mixture(word, number, index) : 0);
  }

  #mixture(word: string, number: number, index: number): number {
    const key = `${number}/${index}`;
    const mixtures = this.#mixtures.get(key) ?? new Map<string, number>();
    this.#mixtures.set(key, mixtures);
    return numberOf(mixtures, word) - 1;
  }

  /** Keeps punctuation, and replaces all else between words. */
  #gap(gap: string): string {
    if (gap === "" || gap === " " || gap === "_") return gap;
    let text = "";
    let kept = "";
    let count = 0;
    for (const character of gap) {
      const isKept = punctuation.test(character) || /\s/.test(character);
      if (!isKept) {
        text += character;
        continue;
      }
      kept += this.#other(text);
      text = "";
      if (count++ < maxPunctuation) kept += punctuation.test(character) ? character : "\u00a0";
    }
    return kept + this.#other(text);
  }

  #other(text: string): string {
    return text.replace(runs, (run) => this.#run(run));
  }

  #run(text: string): string {
    const numbers = [...text].length === 1 ? this.#characters : this.#texts;
    const code = letterCode(text, numberOf(numbers, text.toLowerCase()));
    return withCaseOfLetters(code, letterCaseOf(text));
  }
}

const keptKeys: ReadonlySet<string> = new Set([
  "",
  ...sigmaNames,
  ...sqlWords.map((word) => word.replaceAll("_", " ")),
]);

/** The number of a text, from 1, in the order of appearance. */
function numberOf(numbers: Map<string, number>, text: string): number {
  const number = numbers.get(text) ?? numbers.size + 1;
  numbers.set(text, number);
  return number;
}
