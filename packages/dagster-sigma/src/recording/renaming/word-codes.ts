/**
 * The code for a word of a name: a word of the same kind, which changes in the same way when a name is capitalized, so that
 * names that Sigma displays alike stay alike.
 *
 * @param word in lower case
 * @param number of the name, in its first word; of the word, in the others
 */
export function wordCode(word: string, number: number, isFirst: boolean): string {
  const hasLetters = /[a-z]/.test(word);
  if (/^\d/.test(word)) return hasLetters ? `${number}name` : String(number);
  if (word.length === 1 || !/[a-z]/.test(word.slice(1))) return `${isFirst ? "n" : "p"}${number}`;
  return `${isFirst ? "name" : "part"}${number}`;
}

/** How the letters of a word are written; `mixed` has several forms, which stay distinct. */
export type LetterCase = "lower" | "upper" | "capital" | "mixed";

export function letterCaseOf(word: string): LetterCase {
  const lower = word.toLowerCase();
  if (word === lower) return "lower";
  if (word === word.toUpperCase()) return "upper";
  return word === capitalized(lower) ? "capital" : "mixed";
}

/** @param mixture number of the form of `mixed`, from 0 */
export function withLetterCase(code: string, letterCase: LetterCase, mixture: number): string {
  switch (letterCase) {
    case "lower":
      return code;
    case "upper":
      return code.toUpperCase();
    case "capital":
      return capitalized(code);
    case "mixed": {
      const letters = code.replace(/[^a-z]/g, "").length;
      // All forms except lower, upper and capitalized, and after the last one the last one again.
      const masks = Array.from({ length: 2 ** letters - 2 }, (_, index) => index + 1).filter(
        (mask) => mask !== 1 || /^\d/.test(code),
      );
      const mask = masks[Math.min(mixture, masks.length - 1)] ?? 0;
      let letter = 0;
      return code.replace(/[a-z]/g, (each) => (mask & (2 ** letter++) ? each.toUpperCase() : each));
    }
  }
}

function capitalized(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}

const greek = [..."αβγδεζηθικλμνξοπρτυφχψω"];
const armenian = [..."աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ"];
/** Letters without case. */
const hiragana = [
  ..."あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをん",
];

/**
 * The code for characters other than letters and digits of ASCII, in letters of other scripts, with case if the characters have
 * case. A single character gets a single letter, and several get two or more: a single letter in upper case is capitalized, too.
 */
export function letterCode(text: string, number: number): string {
  if (text.toLowerCase() === text.toUpperCase()) return numberIn(hiragana, number);
  const single = [...text].length > 1 ? undefined : [...greek, ...armenian][number - 1];
  return single ?? numberIn(greek, number + greek.length);
}

function numberIn(letters: readonly string[], number: number): string {
  let text = "";
  for (let rest = number; rest > 0; rest = Math.floor((rest - 1) / letters.length))
    text = `${letters[(rest - 1) % letters.length]}${text}`;
  return text;
}

/** Writes the code for characters in the same case. */
export function withCaseOfLetters(code: string, letterCase: LetterCase): string {
  switch (letterCase) {
    case "lower":
      return code;
    case "upper":
      return code.toUpperCase();
    case "capital":
      return capitalized(code);
    case "mixed":
      return `${code.slice(0, -1)}${code.slice(-1).toUpperCase()}`;
  }
}
