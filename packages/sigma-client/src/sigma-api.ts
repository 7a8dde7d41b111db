import type { FailedCall } from "./errors.ts";
import type { HttpRequest } from "./http/attempt.ts";
import { buildCallError, type CallTarget } from "./http/build-call-error.ts";
import type { CallTime } from "./http/call-time.ts";
import type { HttpCaller } from "./http/http-caller.ts";
import type { CallKind } from "./http/retry-policy.ts";
import { RouteTimes } from "./http/route-times.ts";
import { KeptLength } from "./kept-length.ts";
import { Listing, type Paging, type Query } from "./listing.ts";
import { type ListingLimits, type ListingSettings, limitsOfListing } from "./listing-check.ts";
import { buildRowProblem, type OnRowProblem, routeOf } from "./row-problem.ts";
import { requireRow } from "./rows/require-row.ts";
import type { RowShape } from "./rows/row-shape.ts";
import type { TokenSource } from "./sign-in/token-source.ts";

/** Options of every call. */
export interface CallOptions {
  /** Aborts the call with its delays and retries; the call rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /**
   * Called with true when a request is sent, and with false when its response has arrived or it failed. A call that is
   * aborted in between may have taken effect.
   */
  readonly onInFlight?: (isInFlight: boolean) => void;
}

export interface Call extends CallOptions {
  readonly kind: CallKind;
  /** Path below `/v2/`, with encoded ids. */
  readonly path: string;
  readonly query?: Query;
  /** Sent as JSON with POST; without it the call is a GET. */
  readonly body?: unknown;
}

/** What the listings of a client have in common. */
type ApiListingSettings = Omit<ListingSettings, "limits" | "kept"> & {
  readonly limits: ListingLimits;
};

/** The default paging, with Sigma's maximum page size. */
const pageStyle: Paging = { style: "page", pageSize: 1_000 };

/** Token paging, with Sigma's maximum page size. */
export const tokenStyle: Paging = { style: "token", pageSize: 500 };

/** Maximum number of new tokens per call. */
const maxTokenRenewals = 3;

/** Authenticated calls to one organization with validated responses. All resources share one instance. */
export class SigmaApi {
  readonly #target: CallTarget;
  readonly #caller: HttpCaller;
  readonly #tokens: TokenSource;
  readonly #routeTimes: RouteTimes;
  readonly #listing: ApiListingSettings;
  readonly #kept: KeptLength;
  readonly #onRowProblem: OnRowProblem;

  constructor(options: {
    readonly target: CallTarget;
    readonly caller: HttpCaller;
    readonly tokens: TokenSource;
    readonly listing: ApiListingSettings;
    readonly onRowProblem: OnRowProblem;
  }) {
    this.#target = options.target;
    this.#caller = options.caller;
    this.#tokens = options.tokens;
    this.#listing = options.listing;
    this.#kept = new KeptLength(options.listing.limits.maxAllDocumentsLength);
    this.#routeTimes = new RouteTimes(this.#caller.newCallTime().limitMs);
    this.#onRowProblem = options.onRowProblem;
  }

  /**
   * Fetches one object, without its unreadable fields.
   *
   * @throws SigmaResponseShapeError if a needed field is unreadable
   */
  async one<Row>(shape: RowShape<Row>, call: Call): Promise<Row> {
    const { json, call: sent } = await this.#send(call);
    return requireRow(shape, json, sent, (part) => this.#onRowProblem(buildRowProblem(sent, 0, part)));
  }

  /** Lists rows; rows with the same identity are returned once. */
  list<Row>(
    call: Call,
    shape: RowShape<Row>,
    identity: (row: Row) => string,
    paging: Paging = pageStyle,
  ): Listing<Row> {
    const { query = {}, ...rest } = call;
    const isOfOne = isOfObject(call.kind);
    // All pages of a part of a document have the time of one call.
    const time = isOfOne ? this.#timeOf(call) : undefined;
    return new Listing({
      paging,
      query,
      shape,
      identity,
      ...this.#listing,
      limits: limitsOfListing(this.#listing.limits, isOfOne),
      kept: isOfOne ? this.#kept : null,
      fetchPage: (page) => this.#send({ ...rest, query: page }, time),
      onRowProblem: this.#onRowProblem,
      isWhole: call.kind === "listing",
    });
  }

  /**
   * On 401, retries with the current token if it was replaced in the meantime, which does not count. Otherwise it
   * requests a new token.
   */
  async #send(
    call: Call,
    time: CallTime = this.#timeOf(call),
  ): Promise<{ readonly json: unknown; readonly call: FailedCall; readonly length: number }> {
    const { redact } = this.#target;
    const endpoint = endpointOf(call);
    let used = "";
    const build = async (): Promise<HttpRequest> => {
      used = await this.#tokens.get(call.signal);
      return this.#request(call, used);
    };
    let tries = 0;
    for (let renewals = 0; ; ) {
      const sent = await this.#caller.send(call.kind, endpoint, build, {
        signal: call.signal,
        time,
        onInFlight: call.onInFlight,
      });
      tries += sent.tries;
      const { result } = sent;
      this.#routeTimes.ended(routeOf(endpoint), result.type === "timeout");
      if (result.type === "ok")
        return { json: result.json, length: result.length, call: { endpoint: redact(endpoint), tries } };
      if (result.type !== "unauthorized" || renewals === maxTokenRenewals || time.leftMs === 0) {
        throw buildCallError({ endpoint: redact(endpoint), tries }, result, this.#target);
      }
      if (used === this.#tokens.current) {
        renewals++;
        await this.#tokens.renew(call.signal);
      }
    }
  }

  /** A listing of documents without an answer ends the load anyway. */
  #timeOf(call: Call): CallTime {
    return isOfObject(call.kind)
      ? this.#routeTimes.start(routeOf(endpointOf(call)))
      : this.#caller.newCallTime();
  }

  #request(call: Call, token: string): HttpRequest {
    const url = new URL(`${this.#target.baseUrl}/v2/${call.path}`);
    for (const [name, value] of Object.entries(call.query ?? {})) {
      if (value === undefined) continue;
      for (const one of Array.isArray(value) ? value : [value]) url.searchParams.append(name, String(one));
    }
    const headers = { authorization: `Bearer ${token}` };
    if (call.body === undefined) return { method: "GET", url: url.href, headers };
    return {
      method: "POST",
      url: url.href,
      headers: { ...headers, "content-type": "application/json" },
      body: JSON.stringify(call.body),
    };
  }
}

function endpointOf({ body, path }: Call): string {
  return `${body === undefined ? "GET" : "POST"} /v2/${path}`;
}

/** Whether a call is one of many of its route, one per object. */
function isOfObject(kind: CallKind): boolean {
  return kind === "document" || kind === "detail" || kind === "elementLineage";
}
