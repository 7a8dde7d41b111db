import { phrases as listed } from "./phrases.mjs";
import { proseSpans } from "./prose-spans.mjs";

/** @typedef {{ readonly line: number, readonly phrase: string, readonly instead: string }} FoundPhrase */

/** What a space in a phrase matches: spaces, or a line break with the marker of a comment or a quotation. */
const gap = String.raw`(?:[ \t]+|[ \t]*\r?\n[ \t]*(?:(?:\/\/+|\*+|#+|>)[ \t]*)?)`;

/**
 * Finds phrases in the prose of a file: comments and strings of two words or more, or the text of a Markdown page. Text between
 * backticks is skipped, because it names code.
 *
 * @param {string} path its extension selects the syntax
 * @param {string} text
 * @param {readonly (readonly [phrase: string, instead: string])[]} phrases
 * @returns {readonly FoundPhrase[]}
 */
export function findPhrases(path, text, phrases = listed) {
  const patterns = compiled(phrases);
  // Avoids parsing most files.
  if (!patterns.any.test(text)) return [];
  const found = [];
  for (const { start, end } of proseSpans(path, text)) {
    const prose = text
      .slice(start, end)
      .replace(/`[^`]*`|https?:\S+/g, (name) => "\u0000".repeat(name.length));
    for (const { pattern, instead } of patterns.each) {
      for (const { 0: phrase, index } of prose.matchAll(pattern))
        found.push({ at: start + index, phrase: phrase.replace(new RegExp(gap, "g"), " "), instead });
    }
  }
  return found
    .sort((a, b) => a.at - b.at)
    .map(({ at, phrase, instead }) => ({ line: text.slice(0, at).split("\n").length, phrase, instead }));
}

const cache = new WeakMap();

function compiled(phrases) {
  const source = ([phrase]) => `(?<![\\w-])(?:${phrase.replaceAll(" ", gap)})(?![\\w-])`;
  if (!cache.has(phrases)) {
    cache.set(phrases, {
      any: new RegExp(phrases.map(source).join("|"), "i"),
      each: phrases.map((entry) => ({ pattern: new RegExp(source(entry), "gi"), instead: entry[1] })),
    });
  }
  return cache.get(phrases);
}
