/** What happens to a request in place of its answer. */
export type Fault =
  | {
      readonly kind: "status";
      readonly status: number;
      readonly code?: string;
      readonly message?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** The connection is cut before any answer. */
  | { readonly kind: "drop" };

export interface FaultRule {
  /** Route as in Sigma's documentation, for example `/v2/workbooks/{workbookId}/lineage`; every route when left out. */
  readonly route?: string;
  /** A part that the path must contain, for example an id. */
  readonly path?: string;
  /** How many requests it meets before it is used up; no limit when left out. */
  readonly times?: number;
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

  add(rule: FaultRule): void {
    this.#rules.push({ rule, left: rule.times ?? Number.POSITIVE_INFINITY });
  }

  clear(): void {
    this.#rules = [];
  }

  /** The fault that meets this request, if any; uses it up by one. */
  next(route: string, path: string): Fault | null {
    const found = this.#rules.find(
      ({ rule, left }) =>
        left > 0 &&
        (rule.route === undefined || rule.route === route) &&
        (rule.path === undefined || path.includes(rule.path)),
    );
    if (found === undefined) return null;
    found.left--;
    return found.rule.fault;
  }
}
