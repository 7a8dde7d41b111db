import { createHash } from "node:crypto";
import type { Quirk } from "./quirks.ts";

/** A failure instead of a response. */
export type Fault =
  | {
      readonly kind: "status";
      readonly status: number;
      readonly code?: string;
      readonly message?: string;
      readonly headers?: Readonly<Record<string, string>>;
      /** Sends an HTML page, as gateways do. */
      readonly html?: boolean;
    }
  /** Closes the connection before the response. */
  | { readonly kind: "drop" }
  /** Closes the connection in the middle of the response. */
  | { readonly kind: "cut" }
  /** 200 with a page of HTML. */
  | { readonly kind: "html" }
  /** 200 with an empty body. */
  | { readonly kind: "empty" }
  /** No response until the client gives up. */
  | { readonly kind: "hang" }
  /** The correct rows, with paging that Sigma does not document. */
  | { readonly kind: "quirk"; readonly quirk: Quirk };

/** A fault, and the requests that it applies to. All conditions must match. */
export interface FaultRule {
  /** Route as in Sigma's documentation, for example `/v2/workbooks/{workbookId}/lineage` (default: all routes). */
  readonly route?: string;
  /** Text that the path must contain, for example an id (default: any path). */
  readonly path?: string;
  /** Maximum number of affected requests (default: unlimited). */
  readonly times?: number;
  /**
   * Share of the matching requests that fail, from 0 to 1 (default: all). The choice depends only on `seed`, the request and
   * how often it was made before.
   */
  readonly share?: number;
  /** Seed of `share` (default: empty). */
  readonly seed?: string;
  /** Whether the request takes effect before the fault, for example a start whose response is lost (default: false). */
  readonly afterEffect?: boolean;
  /** The fault. */
  readonly fault: Fault;
}

/** A fault with status 429 as Sigma's edge sends it, optionally with `Retry-After`. */
export function tooManyRequests(retryAfter?: string): Fault {
  return {
    kind: "status",
    status: 429,
    code: "too_many_requests",
    message: "Too many requests",
    ...(retryAfter === undefined ? {} : { headers: { "retry-after": retryAfter } }),
  };
}

/** The current fault rules, in order; the first matching rule applies to a request. */
export class Faults {
  #rules: { readonly rule: FaultRule; left: number }[] = [];
  /** Number of times that each request was made. */
  readonly #made = new Map<string, number>();

  /** Adds a rule after the others. */
  add(rule: FaultRule): void {
    this.#rules.push({ rule, left: rule.times ?? Number.POSITIVE_INFINITY });
  }

  /** Removes all rules. */
  clear(): void {
    this.#rules = [];
    this.#made.clear();
  }

  /** Counts a request and returns its rule; null if none applies. */
  next(route: string, path: string, query = ""): FaultRule | null {
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
    return found.rule;
  }
}

/** Maps a text to a number from 0 to 1; the same text always gets the same number. */
function chance(text: string): number {
  return createHash("sha256").update(text).digest().readUInt32BE(0) / 2 ** 32;
}
