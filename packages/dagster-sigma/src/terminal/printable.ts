const zeroWidthJoiner = "\u200d";

/**
 * Text from elsewhere as it may be printed: on one line, and without what moves the cursor, changes the direction or
 * cannot be seen. Such characters are shown as symbols.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => {
    if (character === zeroWidthJoiner) return character;
    if (character === "\t") return "⇥";
    const code = character.codePointAt(0) ?? 0;
    // Unicode has a picture for each of the first 32.
    return code < 32 ? String.fromCodePoint(0x2400 + code) : "\ufffd";
  });
}
