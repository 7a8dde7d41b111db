/** The text with U+FFFD instead of lone surrogates, which cannot be encoded in UTF-8 or in a URL. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\ufffd");
}
