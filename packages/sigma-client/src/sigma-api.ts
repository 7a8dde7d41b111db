import type { FailedCall } from "./errors.ts";
import type { HttpRequest } from "./http/attempt.ts";
import { buildCallError } from "./http/build-call-error.ts";
import type { HttpCaller } from "./http/http-caller.ts";
import type { CallKind } from "./http/retry-policy.ts";
import { Listing, type Paging, type Query } from "./listing.ts";
import { parseRow } from "./rows/parse-row.ts";
import type { RowShape } from "./rows/row-shape.ts";
import type { TokenSource } from "./sign-in/token-source.ts";

/** What every call takes. */
export interface CallOptions {
  /** Ends the call, its waiting and its repetitions. */
  readonly signal?: AbortSignal;
}

export interface Call extends CallOptions {
  readonly kind: CallKind;
  /** Below `/v2/`, with ids already encoded. */
  readonly path: string;
  readonly query?: Query;
  /** Sent as JSON with POST; GET when left out. */
  readonly body?: unknown;
}

/** The usual paging, with the largest pages that Sigma allows. */
const pageStyle: Paging = { style: "page", pageSize: 1_000 };

/** Token style, with the largest pages that Sigma allows. */
export const tokenStyle: Paging = { style: "token", pageSize: 500 };

/** How often a call asks for a new token before it gives up. */
const maxTokenRenewals = 3;

/** Signed-in calls to one organization, their answers parsed. All resources share one. */
export class SigmaApi {
  readonly #baseUrl: string;
  readonly #caller: HttpCaller;
  readonly #tokens: TokenSource;

  constructor(baseUrl: string, caller: HttpCaller, tokens: TokenSource) {
    this.#baseUrl = baseUrl;
    this.#caller = caller;
    this.#tokens = tokens;
  }

  /** One object. */
  async one<Row>(shape: RowShape<Row>, call: Call): Promise<Row> {
    const { json, call: sent } = await this.#send(call);
    return parseRow(shape, json, sent, "$");
  }

  /** The rows of a listing; rows with the same identity are one row. */
  list<Row>(
    call: Call,
    shape: RowShape<Row>,
    identity: (row: Row) => string,
    paging: Paging = pageStyle,
  ): Listing<Row> {
    const { query = {}, ...rest } = call;
    return new Listing({
      paging,
      query,
      shape,
      identity,
      fetchPage: (page) => this.#send({ ...rest, query: page }),
    });
  }

  /**
   * A 401 for a token that was replaced meanwhile is repeated with the current one and does not count. A 401 for the
   * current one asks for a new token.
   */
  async #send(call: Call): Promise<{ readonly json: unknown; readonly call: FailedCall }> {
    const endpoint = `${call.body === undefined ? "GET" : "POST"} /v2/${call.path}`;
    let used = "";
    const build = async (): Promise<HttpRequest> => {
      used = await this.#tokens.get(call.signal);
      return this.#request(call, used);
    };
    let tries = 0;
    for (let renewals = 0; ; ) {
      const sent = await this.#caller.send(call.kind, endpoint, build, call.signal);
      tries += sent.tries;
      const { result } = sent;
      if (result.type === "ok") return { json: result.json, call: { endpoint, tries } };
      if (result.type !== "unauthorized" || renewals === maxTokenRenewals) {
        throw buildCallError({ endpoint, tries }, result, this.#baseUrl);
      }
      if (used === this.#tokens.current) {
        renewals++;
        await this.#tokens.renew(call.signal);
      }
    }
  }

  #request(call: Call, token: string): HttpRequest {
    const url = new URL(`${this.#baseUrl}/v2/${call.path}`);
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
