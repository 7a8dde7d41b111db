import { wellFormed } from "@dagster-sigma/foundation";

/** Removes known secrets from a text. */
export type Redact = (text: string) => string;

const mark = "[redacted]";
/** A shorter secret would remove ordinary words. */
const shortestLength = 8;

/**
 * The secrets that a client knows: those of its credentials, and every token. It removes them from texts, in each form in
 * which they are usually sent: as they are, in URLs, in JSON and in base64, also as a part of a longer text.
 */
export class KnownSecrets {
  readonly #secrets = new Set<string>();
  readonly #forms = new Set<string>();

  /** Adds a secret. One of less than 8 characters is ignored, because it would remove ordinary words. */
  add(secret: string): void {
    if (this.#secrets.has(secret)) return;
    this.#secrets.add(secret);
    for (const form of formsOf(secret)) if (form.length >= shortestLength) this.#forms.add(form);
  }

  /** The text, with `[redacted]` instead of each known secret. */
  readonly redact: Redact = (text) => {
    let redacted = text;
    for (const form of this.#forms) if (redacted.includes(form)) redacted = redacted.replaceAll(form, mark);
    return redacted;
  };
}

function formsOf(secret: string): readonly string[] {
  const inJson = JSON.stringify(secret).slice(1, -1);
  const inUrl = encodeURIComponent(wellFormed(secret));
  return [
    secret,
    inJson,
    inJson.replaceAll("/", "\\/"),
    inUrl,
    inUrl.toLowerCase(),
    new URLSearchParams([["", secret]]).toString().slice(1),
    ...[0, 1, 2].flatMap((before) => base64Forms(secret, before)),
  ];
}

/** The part of the base64 that only the secret determines, if `before` bytes, modulo 3, precede it. */
function base64Forms(secret: string, before: number): readonly string[] {
  const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
  const base64 = bytes
    .toString("base64")
    .slice(Math.ceil((before * 8) / 6), Math.floor((bytes.length * 8) / 6));
  return [base64, base64.replaceAll("+", "-").replaceAll("/", "_")];
}
