import { hash } from "node:crypto";

/** Derives all identifiers of an organization from a seed and a name: the same in every run and on every machine. */
export class Identifiers {
  readonly #seed: string;

  constructor(seed: string) {
    this.#seed = seed;
  }

  /** A string in the format of a version 4 UUID. */
  uuid(name: string): string {
    const hex = this.#digest("uuid", name, "hex");
    const variant = ((Number.parseInt(hex[16] ?? "0", 16) & 0x3) | 0x8).toString(16);
    return [
      hex.slice(0, 8),
      hex.slice(8, 12),
      `4${hex.slice(13, 16)}`,
      `${variant}${hex.slice(17, 20)}`,
      hex.slice(20, 32),
    ].join("-");
  }

  /** Ten URL-safe characters, including `_` and `-`: ids of pages, elements and columns. */
  short(name: string): string {
    return this.#digest("short", name, "base64url").slice(0, 10);
  }

  /** 28 letters and digits: member ids. */
  member(name: string): string {
    return this.#digest("member", name, "base64")
      .replace(/[^A-Za-z0-9]/g, "x")
      .slice(0, 28);
  }

  /** A time between two others. */
  date(name: string, from: string, to: string): string {
    const start = Date.parse(from);
    const share = Number.parseInt(this.#digest("date", name, "hex").slice(0, 8), 16) / 2 ** 32;
    return new Date(start + Math.floor(share * (Date.parse(to) - start))).toISOString();
  }

  #digest(kind: string, name: string, encoding: "hex" | "base64" | "base64url"): string {
    return hash("sha256", `${this.#seed}\n${kind}\n${name}`, encoding);
  }
}
