import { createHmac, randomBytes } from "node:crypto";
import { objectId } from "@dagster-sigma/sigma-assets";
import { urlIdOf } from "@dagster-sigma/sigma-sandbox";

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Names defined by Sigma, which reveal nothing about users. */
const keptNames = /^(custom sql|union of \d+ sources|connection root|my documents|user folder)$/i;

/**
 * Replaces ids and names consistently, so that references stay intact. Names that Sigma displays alike
 * (`CUSTOMER_ID`, `Customer Id`) stay alike. The key is generated per recording and discarded with it.
 */
export class NameMap {
  readonly #key = randomBytes(32);
  readonly #words = new Map<string, string>();

  /** Replaces an id, keeping its form: a UUID, a urlId, `inode-` and a urlId, `<urlId>/<suffix>`, or any other id. */
  id(text: string): string {
    if (uuid.test(text)) return this.#uuid(text.toLowerCase());
    if (text.startsWith("inode-")) return `inode-${this.id(text.slice("inode-".length))}`;
    const slash = text.indexOf("/");
    if (slash > 0) return `${this.id(text.slice(0, slash))}/${this.name(text.slice(slash + 1))}`;
    const decoded = objectId(text);
    if (decoded !== text) return urlIdOf(this.#uuid(decoded));
    return this.#digest(text).slice(0, Math.max(8, Math.min(text.length, 28)));
  }

  /** Replaces a name, keeping its style: `LIKE_THIS`, `like_this` or `Like_this`. */
  name(text: string): string {
    if (text === "" || keptNames.test(text)) return text;
    const friendly = friendlyName(text);
    const number = this.#words.get(friendly) ?? String(this.#words.size + 1);
    this.#words.set(friendly, number);
    const isUpper = text === text.toUpperCase() && text !== text.toLowerCase();
    const isLower = text === text.toLowerCase() && text !== text.toUpperCase();
    if (isUpper) return `NAME_${number}`;
    return isLower ? `name_${number}` : `Name_${number}`;
  }

  /** Whether Sigma displays two names alike. */
  isAlike(a: string, b: string): boolean {
    return friendlyName(a) === friendlyName(b);
  }

  /** Replaces each of the names joined with `/`. */
  path(text: string): string {
    return text
      .split("/")
      .map((name) => this.name(name))
      .join("/");
  }

  email(text: string): string {
    return `member-${this.#digest(text.toLowerCase()).slice(0, 8)}@example.com`;
  }

  #uuid(text: string): string {
    const digits = this.#digest(text, "hex");
    return [
      digits.slice(0, 8),
      digits.slice(8, 12),
      digits.slice(12, 16),
      digits.slice(16, 20),
      digits.slice(20, 32),
    ].join("-");
  }

  #digest(text: string, encoding: "hex" | "base64url" = "base64url"): string {
    return createHmac("sha256", this.#key).update(text).digest(encoding);
  }
}

function friendlyName(text: string): string {
  return text
    .toLowerCase()
    .replace(/[\s_/-]+/g, " ")
    .trim();
}
