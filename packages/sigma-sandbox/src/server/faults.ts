import { createHash } from "node:crypto";
import type { Quirk } from "./quirks.ts";

/** What happens to a request in place of its answer. */
export type Fault =
  | {
      readonly kind: "status";
      readonly status: number;
      readonly code?: string;
      readonly message?: string;
      readonly headers?: Readonly<Record<string, string>>;
      /** Sent as a page of HTML, as gateways do. */
      readonly html?: boolean;
    }
  /** The connection is cut before any answer. */
  | { readonly kind: "drop" }
  /** The connection is cut in the middle of the right answer. */
  | { readonly kind: "cut" }
  /** 200 with a page of HTML. */
  | { readonly kind: "html" }
  /** 200 with nothing. */
  | { readonly kind: "empty" }
  /** No answer at all, until the client gives up. */
  | { readonly kind: "hang" }
  /** The right rows, paged otherwise than documented. */
  | { readonly kind: "quirk"; readonly quirk: Quirk };

export interface FaultRule {
  /** Route as in Sigma's documentation, for example `/v2/workbooks/{workbookId}/lineage`; every route when left out. */
  readonly route?: string;
  /** A part that the path must contain, for example an id. */
  readonly path?: string;
  /** How many requests it meets before it is used up; no limit when left out. */
  readonly times?: number;
  /**
   * The share of requests that it meets, from 0 to 1; all when left out. Which they are follows from `seed`, the request
   * and how often it was made, whatever the order of others.
   */
  readonly share?: number;
  readonly seed?: string;
  readonly fault: Fault;
}

/** 429 as Sigma's edge sends it; with `Retry-After` when given. */
export function tooManyRequests(retryAfter?: string): Fault {
  return {
    kind: "status",
    status: 429,
    code: "too_many_requests",
    message: "Too many requests",
    ...(retryAfter === undefined ? {} : { headers: { "retry-after": retryAfter } }),
  };
}

/** The faults that are set at the moment, in order; the first that fits a request meets it. */
export class Faults {
  #rules: { readonly rule: FaultRule; left: number }[] = [];
  /** How often each request was made. */
  readonly #made = new Map<string, number>();

  add(rule: FaultRule): void {
    this.#rules.push({ rule, left: rule.times ?? Number.POSITIVE_INFINITY });
  }

  clear(): void {
    this.#rules = [];
    this.#made.clear();
  }

  /** The fault that meets this request, if any; uses it up by one. */
  next(route: string, path: string, query = ""): Fault | null {
    const request = `${path}?${query}`;
    const time = (this.#made.get(request) ?? 0) + 1;
    if (this.#rules.length > 0) this.#made.set(request, time);
    const found = this.#rules.find(
      ({ rule, left }) =>
        left > 0 &&
        (rule.route === undefined || rule.route === route) &&
        (rule.path === undefined || path.includes(rule.path)) &&
        (rule.share === undefined || chance(`${rule.seed ?? ""} ${request} ${time}`) < rule.share),
    );
    if (found === undefined) return null;
    found.left--;
    return found.rule.fault;
  }
}

/** From 0 to 1, always the same for a text. */
function chance(text: string): number {
  return createHash("sha256").update(text).digest().readUInt32BE(0) / 2 ** 32;
}
