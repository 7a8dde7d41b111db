import { type Clock, onAbort } from "@dagster-sigma/foundation";
import { signInEndpoint as endpoint, SigmaResponseShapeError } from "../errors.ts";
import { buildCallError, type CallTarget } from "../http/build-call-error.ts";
import type { HttpCaller } from "../http/http-caller.ts";
import type { KnownSecrets } from "../http/known-secrets.ts";
import { requireRow } from "../rows/require-row.ts";
import { type TokenRow, tokenRow } from "../rows/token.ts";

export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

interface Token {
  readonly accessToken: string;
  readonly refreshToken: string | null;
  /** When to renew it, some time before it expires. */
  readonly refreshAtMs: number;
}

/** What a header may contain; other tokens could not be sent. */
const headerText = /^[\x21-\x7e]+$/;

/** Sigma allows one token call per second. */
const minTokenIntervalMs = 1_000;

/** Lifetime without `expires_in`: the documented hour. */
const defaultLifetimeMs = 3_600_000;

/** A server that says less would get a sign-in before every call; it answers 401 if the token did expire. */
const minLifetimeMs = 2_000;

/** Tokens are renewed 5 minutes before they expire, or after 90 % of a shorter lifetime. */
const maxEarlyMs = 300_000;

/**
 * Provides the access token. All waiting calls share one request. The token is renewed before it expires, with the
 * refresh token, or with the client credentials if Sigma rejects that.
 */
export class TokenSource {
  readonly #baseUrl: string;
  readonly #credentials: Credentials;
  readonly #secrets: KnownSecrets;
  readonly #caller: HttpCaller;
  readonly #clock: Clock;
  #token: Token | null = null;
  #pending: Promise<Token> | null = null;
  #lastAskedMs = Number.NEGATIVE_INFINITY;

  constructor(options: {
    readonly baseUrl: string;
    readonly credentials: Credentials;
    /** Every token is added. */
    readonly secrets: KnownSecrets;
    readonly caller: HttpCaller;
    readonly clock: Clock;
  }) {
    this.#baseUrl = options.baseUrl;
    this.#credentials = options.credentials;
    this.#secrets = options.secrets;
    this.#caller = options.caller;
    this.#clock = options.clock;
  }

  /** The current token; null before the first sign-in. */
  get current(): string | null {
    return this.#token?.accessToken ?? null;
  }

  /**
   * Returns a valid token; requests one if necessary.
   *
   * @throws SigmaAuthenticationError and the other errors of a call
   */
  async get(signal?: AbortSignal): Promise<string> {
    if (this.#token !== null && this.#clock.now() < this.#token.refreshAtMs) return this.#token.accessToken;
    return await this.#ask(this.#token?.refreshToken ?? null, signal);
  }

  /** Returns a new token to replace the current one, for which Sigma returned 401. */
  async renew(signal?: AbortSignal): Promise<string> {
    return await this.#ask(null, signal);
  }

  /** All waiting calls share one sign-in, so aborting one of them must not end it. */
  async #ask(refreshToken: string | null, signal: AbortSignal | undefined): Promise<string> {
    // No call would wait for a sign-in started by an aborted call, and its failure would end the process.
    signal?.throwIfAborted();
    this.#pending ??= this.#signIn(refreshToken).finally(() => {
      this.#pending = null;
    });
    const token = await unlessAborted(this.#pending, signal);
    return token.accessToken;
  }

  async #signIn(refreshToken: string | null): Promise<Token> {
    if (refreshToken !== null) {
      const refreshed = await this.#post({ grant_type: "refresh_token", refresh_token: refreshToken });
      if (refreshed.result.type === "ok") return this.#keep(refreshed.result.json);
      const refusedRefresh = refreshed.result.type === "refused" || refreshed.result.type === "unauthorized";
      if (!refusedRefresh)
        throw buildCallError({ endpoint, tries: refreshed.tries }, refreshed.result, this.#target);
    }
    const { result, tries } = await this.#post({ grant_type: "client_credentials" });
    if (result.type === "ok") return this.#keep(result.json);
    throw buildCallError({ endpoint, tries }, result, this.#target);
  }

  get #target(): CallTarget {
    return { baseUrl: this.#baseUrl, redact: this.#secrets.redact };
  }

  #post(grant: Readonly<Record<string, string>>): ReturnType<HttpCaller["send"]> {
    const { clientId, clientSecret } = this.#credentials;
    const body = new URLSearchParams({
      ...grant,
      client_id: clientId,
      client_secret: clientSecret,
    }).toString();
    return this.#caller.send("token", endpoint, async () => {
      await this.#waitForTurn();
      return {
        method: "POST",
        url: `${this.#baseUrl}/v2/auth/token`,
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body,
      };
    });
  }

  async #waitForTurn(): Promise<void> {
    const wait = this.#lastAskedMs + minTokenIntervalMs - this.#clock.now();
    if (wait > 0) await this.#clock.sleep(wait);
    this.#lastAskedMs = this.#clock.now();
  }

  #keep(json: unknown): Token {
    const row: TokenRow = requireRow(tokenRow, json, { endpoint, tries: 1 });
    if (!headerText.test(row.access_token))
      throw new SigmaResponseShapeError(
        { endpoint, tries: 1 },
        { jsonPath: "$.access_token", expected: "visible ASCII characters", found: "other characters" },
      );
    this.#secrets.add(row.access_token);
    if (row.refresh_token != null) this.#secrets.add(row.refresh_token);
    const lifetimeMs =
      row.expires_in == null ? defaultLifetimeMs : Math.max(minLifetimeMs, row.expires_in * 1_000);
    this.#token = {
      accessToken: row.access_token,
      refreshToken: row.refresh_token ?? null,
      refreshAtMs: this.#clock.now() + lifetimeMs - Math.min(maxEarlyMs, lifetimeMs / 10),
    };
    return this.#token;
  }
}

async function unlessAborted<Result>(
  work: Promise<Result>,
  signal: AbortSignal | undefined,
): Promise<Result> {
  if (signal === undefined) return await work;
  let stopListening = (): void => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    stopListening = onAbort(signal, () => reject(signal.reason));
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    stopListening();
  }
}
