import { formulaFunctions, formulaWords } from "./formula-functions.ts";

/** The parts outside of references and literals: a word and whether it opens arguments, a number, space, punctuation; or other text. */
const parts = /([\p{L}_][\p{L}\p{N}_]*)(?=(\s*\()?)|(\d[\p{N}._]*)|(\s+)|([!-~])|./gsu;

/**
 * Rebuilds a formula from its parts, with the same references under other names: literals become `"text"`, numbers `1`, unknown
 * functions are renamed, and any other text, comments included, becomes `word`.
 *
 * It finds references as `sigma-assets` does, which has to read the result in the same way.
 */
export function rebuildFormula(formula: string, rename: (name: string) => string): string {
  const rebuilt: string[] = [];
  let plain = 0;
  for (let at = 0; at < formula.length; ) {
    const character = formula[at];
    if (character !== '"' && character !== "[") {
      at++;
      continue;
    }
    const end = endOf(formula, at + 1, character === "[" ? "]" : '"');
    const inner = formula.slice(at + 1, end);
    const isClosed = end < formula.length;
    rebuilt.push(rebuildPlain(formula.slice(plain, at), rename));
    if (character === "[") rebuilt.push("[", renameReference(inner, rename), isClosed ? "]" : "");
    else rebuilt.push(inner === "" ? '"' : '"text', isClosed ? '"' : "");
    at = end + 1;
    plain = at;
  }
  return `${rebuilt.join("")}${rebuildPlain(formula.slice(plain), rename)}`;
}

/** The position of the closing character; `\` escapes the next character. */
function endOf(formula: string, start: number, closing: string): number {
  let end = start;
  while (end < formula.length && formula[end] !== closing) end += formula[end] === "\\" ? 2 : 1;
  return end;
}

function renameReference(reference: string, rename: (name: string) => string): string {
  const names = reference.match(/(?:[^/\\]|\\[\s\S]?)+|\//g) ?? [];
  return names
    .map((name) => {
      if (name === "/") return name;
      return rename(name.replace(/\\([\s\S]?)/g, "$1")).replace(/[\\/[\]]/g, "\\$&");
    })
    .join("");
}

function rebuildPlain(text: string, rename: (name: string) => string): string {
  if (text === "" || text === " ") return text;
  const rebuilt: string[] = [];
  for (const [, word, opens, number, space, symbol] of text.matchAll(parts)) {
    if (word !== undefined) rebuilt.push(wordOf(word, opens !== undefined, rename));
    else if (number !== undefined) rebuilt.push("1");
    else if (space !== undefined) rebuilt.push(" ");
    else rebuilt.push(symbol ?? "?");
  }
  return rebuilt.join("").replace(/\bword(?: word)+\b/g, "word");
}

function wordOf(word: string, isFunction: boolean, rename: (name: string) => string): string {
  const lower = word.toLowerCase();
  if (formulaWords.has(lower) || (isFunction && formulaFunctions.has(lower))) return word;
  // A new name may have characters that a function has not.
  return isFunction ? `Function_${rename(word).replace(/\W/g, "")}` : "word";
}
