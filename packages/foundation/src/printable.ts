const zeroWidthJoiner = "\u200d";
const deleteCode = 0x7f;

/** Control, formatting and separating characters, and lone surrogates. */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/**
 * Makes untrusted text safe to show: on one line, and with control, bidirectional and invisible characters and lone
 * surrogates replaced by symbols.
 */
export function printable(text: string): string {
  return text.replace(invisible, symbolOf);
}

/** The same for a text that may have several lines and tabs. */
export function printableLines(text: string): string {
  return text.replace(invisible, (character) =>
    character === "\n" || character === "\t" ? character : symbolOf(character),
  );
}

function symbolOf(character: string): string {
  if (character === zeroWidthJoiner) return character;
  if (character === "\t") return "⇥";
  const code = character.codePointAt(0) ?? 0;
  if (code === deleteCode) return "␡";
  // Unicode has a symbol for each of the first 32.
  return code < 32 ? String.fromCodePoint(0x2400 + code) : "\ufffd";
}
