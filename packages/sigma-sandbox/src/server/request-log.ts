/** A request that the server received. */
export interface LoggedRequest {
  /** HTTP method. */
  readonly method: string;
  /** Route as in Sigma's documentation, for example `/v2/workbooks/{workbookId}`; `unknown` without one. */
  readonly route: string;
  /** Path of the URL. */
  readonly path: string;
  /** Query of the URL. */
  readonly query: string;
  /** HTTP status; 0 if the connection was closed instead. */
  readonly status: number;
}

/** Maximum number of logged requests, for sandboxes that run for days. */
const keptRequests = 100_000;

/** The requests of a sandbox, in the order of the responses. */
export class RequestLog {
  #requests: LoggedRequest[] = [];
  #counts = new Map<string, number>();
  #inFlight = 0;
  #maxInFlight = 0;

  /** The last requests, at least 100,000. */
  get requests(): readonly LoggedRequest[] {
    return this.#requests;
  }

  /** Maximum number of concurrent requests. */
  get maxInFlight(): number {
    return this.#maxInFlight;
  }

  /** Number of requests by method and route. */
  get counts(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#counts);
  }

  /** Removes all entries and counts. */
  clear(): void {
    this.#requests = [];
    this.#counts = new Map();
    this.#maxInFlight = this.#inFlight;
  }

  /** Called by the server when a request starts. */
  begin(): void {
    this.#inFlight++;
    this.#maxInFlight = Math.max(this.#maxInFlight, this.#inFlight);
  }

  /** Called by the server when a request ends. */
  end(request: LoggedRequest): void {
    this.#inFlight--;
    this.#requests.push(request);
    if (this.#requests.length > 2 * keptRequests) this.#requests = this.#requests.slice(-keptRequests);
    const name = `${request.method} ${request.route}`;
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }
}
