/** What the texts of a canary organization contain, and no recording may: a word, a word in another script, a number. */
export const canaryWord = "zqcanary";
export const canaryLetters = "ёжщканарейка";
export const canaryNumber = "90817263";

let count = 0;

/** A word that contains the canary, different each time. */
export function canary(): string {
  count++;
  return `${canaryWord}${[...count.toString(26)].map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 26))).join("")}`;
}

/** A name with canaries in every part, in different cases and scripts. */
export function canaryName(): string {
  return `${canary()} ${canary().toUpperCase()}_${canary()}/${canaryLetters} (${canaryNumber})`;
}

/** The encodings of a canary that a text contains, each with its surroundings. */
export function findCanaries(text: string): readonly string[] {
  const found: string[] = [];
  for (const [encoding, pattern] of patterns) {
    const match = pattern.exec(text);
    if (match !== null)
      found.push(`${encoding}: ${text.slice(Math.max(0, match.index - 80), match.index + 60)}`);
  }
  return found;
}

const words = [canaryWord, canaryLetters, canaryNumber];
const spellings = words.flatMap((word) => [word, word.toUpperCase(), word[0]?.toUpperCase() + word.slice(1)]);

const patterns: readonly (readonly [encoding: string, pattern: RegExp])[] = [
  ["plain", anyOf(words, "i")],
  ["reversed", anyOf(words.map(reversed), "i")],
  ["in a URL", anyOf(words.map(encodeURIComponent), "i")],
  [
    "in hexadecimal",
    anyOf(
      words.map((word) => Buffer.from(word).toString("hex")),
      "i",
    ),
  ],
  ["escaped", anyOf([escaped(canaryLetters), escaped(canaryLetters.toUpperCase())], "i")],
  ["in base64", anyOf(spellings.flatMap(inBase64))],
];

function anyOf(texts: readonly string[], flags = ""): RegExp {
  return new RegExp(texts.map((text) => text.replace(/[\\/+]/g, "\\$&")).join("|"), flags);
}

function reversed(text: string): string {
  return [...text].reverse().join("");
}

function escaped(text: string): string {
  return [...text].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`).join("");
}

/** The characters that a text gives within a longer text, for each alignment, in both alphabets. */
function inBase64(text: string): readonly string[] {
  return [0, 1, 2].flatMap((offset) => {
    const length = offset + Buffer.byteLength(text);
    const encoded = Buffer.from(`${"x".repeat(offset)}${text}`).toString("base64");
    const inner = encoded.slice(Math.ceil((offset * 8) / 6), Math.floor((length * 8) / 6));
    return [inner, inner.replaceAll("+", "-").replaceAll("/", "_")];
  });
}
