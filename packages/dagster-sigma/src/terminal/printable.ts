const zeroWidthJoiner = "\u200d";

/**
 * Makes untrusted text safe to print: on one line, and with control, bidirectional and invisible characters replaced
 * by symbols.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => {
    if (character === zeroWidthJoiner) return character;
    if (character === "\t") return "⇥";
    const code = character.codePointAt(0) ?? 0;
    // Unicode has a symbol for each of the first 32.
    return code < 32 ? String.fromCodePoint(0x2400 + code) : "\ufffd";
  });
}
