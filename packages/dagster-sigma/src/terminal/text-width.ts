/** Width of a text on a terminal, in columns: East Asian wide characters take two, combining marks none. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    if (/\p{Mark}/u.test(character)) continue;
    width += isWide(character) ? 2 : 1;
  }
  return width;
}

function isWide(character: string): boolean {
  return /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u.test(
    character,
  );
}

/** Pads or truncates a text to exactly `width` columns; truncation adds an ellipsis. */
export function padText(text: string, width: number): string {
  if (textWidth(text) <= width) return text + " ".repeat(width - textWidth(text));
  let cut = "";
  for (const character of text) {
    if (textWidth(cut) + textWidth(character) > width - 1) break;
    cut += character;
  }
  return `${cut}…${" ".repeat(Math.max(0, width - 1 - textWidth(cut)))}`;
}

/** Joins as many texts as fit, followed by the number of omitted ones. */
export function joinToFit(texts: readonly string[], separator: string, width: number): string {
  const all = texts.join(separator);
  if (textWidth(all) <= width) return all;
  for (let count = texts.length - 1; count > 0; count--) {
    const shown = `${texts.slice(0, count).join(separator)} +${texts.length - count} more`;
    if (textWidth(shown) <= width) return shown;
  }
  return padText(all, Math.max(8, width)).trimEnd();
}
