/** A request as the server saw it. */
export interface LoggedRequest {
  readonly method: string;
  /** As in Sigma's documentation, for example `/v2/workbooks/{workbookId}`; `unknown` when there is none. */
  readonly route: string;
  readonly path: string;
  readonly query: string;
  /** 0 when the connection was cut instead. */
  readonly status: number;
}

/** Of a sandbox that runs for days only the last requests are kept one by one. */
const keptRequests = 100_000;

/** What the server was asked, in the order in which it answered. */
export class RequestLog {
  #requests: LoggedRequest[] = [];
  #counts = new Map<string, number>();
  #inFlight = 0;
  #maxInFlight = 0;

  /** The last ones, 100,000 and more. */
  get requests(): readonly LoggedRequest[] {
    return this.#requests;
  }

  /** Most requests that were being answered at the same time. */
  get maxInFlight(): number {
    return this.#maxInFlight;
  }

  /** Requests by method and route. */
  get counts(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#counts);
  }

  clear(): void {
    this.#requests = [];
    this.#counts = new Map();
    this.#maxInFlight = this.#inFlight;
  }

  begin(): void {
    this.#inFlight++;
    this.#maxInFlight = Math.max(this.#maxInFlight, this.#inFlight);
  }

  end(request: LoggedRequest): void {
    this.#inFlight--;
    this.#requests.push(request);
    if (this.#requests.length > 2 * keptRequests) this.#requests = this.#requests.slice(-keptRequests);
    const name = `${request.method} ${request.route}`;
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }
}
