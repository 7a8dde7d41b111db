import { createHmac, randomBytes } from "node:crypto";
import { objectId } from "@dagster-sigma/sigma-assets";
import { urlIdOf } from "@dagster-sigma/sigma-sandbox";

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const inodePrefix = "inode-";

/** Length of a urlId with all its digits. */
const urlIdLength = 21;

/**
 * Replaces ids and keeps their form: a UUID, a urlId, `inode-` and a urlId, `<urlId>/<suffix>`, or any other id. The key is random,
 * and discarded with the map.
 */
export class IdMap {
  readonly #key = randomBytes(32);

  replace(text: string): string {
    const slash = text.indexOf("/");
    return slash > 0
      ? `${this.#whole(text.slice(0, slash))}/${this.#opaque(text.slice(slash + 1))}`
      : this.#whole(text);
  }

  #whole(text: string): string {
    const prefix = text.startsWith(inodePrefix) ? inodePrefix : "";
    const bare = text.slice(prefix.length);
    if (uuid.test(bare)) return `${prefix}${this.#uuid(bare.toLowerCase())}`;
    const decoded = objectId(bare);
    return `${prefix}${decoded === bare ? this.#opaque(bare) : this.#urlId(bare, decoded)}`;
  }

  /** Of a length that no urlId has, so that it is not mistaken for one. */
  #opaque(text: string): string {
    if (text === "") return text;
    const length = text.length < 18 ? Math.max(8, text.length) : 24;
    return this.#digest(text).slice(0, length);
  }

  /** A urlId without leading zeros, or with the zeros that Sigma writes. */
  #urlId(text: string, decoded: string): string {
    const urlId = urlIdOf(this.#uuid(decoded));
    return text.length < urlIdLength ? urlId.replace(/^0+/, "") : urlId;
  }

  /** Keeps leading zero bytes, which urlIds may lack. */
  #uuid(text: string): string {
    const digits = this.#digest(text, "hex").slice(0, 32);
    const zeros = /^(?:00)*/.exec(text.replaceAll("-", ""))?.[0] ?? "";
    // A zero byte would change the number of leading zeros.
    const rest = digits.slice(zeros.length).replace(/^00/, "01");
    const hex = `${zeros}${rest}`;
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  }

  #digest(text: string, encoding: "hex" | "base64url" = "base64url"): string {
    return createHmac("sha256", this.#key).update(text).digest(encoding);
  }
}
