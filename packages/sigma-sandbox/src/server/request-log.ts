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

/** What the server was asked, in the order in which it answered. */
export class RequestLog {
  #requests: LoggedRequest[] = [];
  #inFlight = 0;
  #maxInFlight = 0;

  get requests(): readonly LoggedRequest[] {
    return this.#requests;
  }

  /** Most requests that were being answered at the same time. */
  get maxInFlight(): number {
    return this.#maxInFlight;
  }

  /** Requests by method and route. */
  get counts(): Readonly<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const { method, route } of this.#requests) {
      const name = `${method} ${route}`;
      counts[name] = (counts[name] ?? 0) + 1;
    }
    return counts;
  }

  clear(): void {
    this.#requests = [];
    this.#maxInFlight = this.#inFlight;
  }

  begin(): void {
    this.#inFlight++;
    this.#maxInFlight = Math.max(this.#maxInFlight, this.#inFlight);
  }

  end(request: LoggedRequest): void {
    this.#inFlight--;
    this.#requests.push(request);
  }
}
