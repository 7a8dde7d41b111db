import { randomUUID } from "node:crypto";
import type { Clock } from "@dagster-sigma/foundation";
import type { TokenAnswer } from "../wire/answers.ts";
import { Refusal } from "./refusal.ts";

export interface AuthenticationOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Lifetime of an access token, in ms. */
  readonly tokenLifetimeMs: number;
  /** Maximum number of calls per access token. */
  readonly tokenUses: number;
  readonly clock: Clock;
}

/** Sigma allows one token call per second. */
const minTokenIntervalMs = 1_000;

/** Authentication as in Sigma: issues expiring bearer tokens for client credentials or a refresh token. */
export class Authentication {
  readonly #options: AuthenticationOptions;
  readonly #accessTokens = new Map<string, number>();
  readonly #uses = new Map<string, number>();
  readonly #refreshTokens = new Set<string>();
  #lastTokenMs = Number.NEGATIVE_INFINITY;

  constructor(options: AuthenticationOptions) {
    this.#options = options;
  }

  /** `POST /v2/auth/token`, with credentials in the form body or as HTTP Basic. */
  token(form: URLSearchParams, authorization: string | undefined): TokenAnswer {
    const now = this.#options.clock.now();
    if (now - this.#lastTokenMs < minTokenIntervalMs) {
      throw new Refusal(429, "too_many_requests", "Too many requests", { "retry-after": "1" });
    }
    this.#lastTokenMs = now;
    const grant = form.get("grant_type");
    if (grant === "refresh_token") {
      if (!this.#refreshTokens.delete(form.get("refresh_token") ?? ""))
        throw unauthorized("Invalid refresh token");
    } else if (grant !== "client_credentials") {
      throw new Refusal(400, "invalid_request", `Unknown grant_type ${grant ?? ""}`);
    } else if (!this.#hasCredentials(form, authorization)) {
      throw unauthorized("Invalid client credentials");
    }
    return this.#issue(now);
  }

  /** Throws unless the header contains a valid token. */
  check(authorization: string | undefined): void {
    const token = authorization?.startsWith("Bearer ") ? authorization.slice("Bearer ".length) : "";
    const expiresAtMs = this.#accessTokens.get(token);
    if (expiresAtMs === undefined) throw unauthorized("Token missing or malformed");
    if (expiresAtMs <= this.#options.clock.now()) throw unauthorized("Token expired");
    const uses = (this.#uses.get(token) ?? 0) + 1;
    if (uses > this.#options.tokenUses) throw unauthorized("Token expired");
    this.#uses.set(token, uses);
  }

  /** Revokes all issued tokens. */
  revokeAll(): void {
    this.#accessTokens.clear();
    this.#refreshTokens.clear();
  }

  #issue(now: number): TokenAnswer {
    const accessToken = randomUUID();
    const refreshToken = randomUUID();
    this.#accessTokens.set(accessToken, now + this.#options.tokenLifetimeMs);
    this.#refreshTokens.add(refreshToken);
    return {
      access_token: accessToken,
      refresh_token: refreshToken,
      token_type: "bearer",
      expires_in: Math.floor(this.#options.tokenLifetimeMs / 1_000),
    };
  }

  #hasCredentials(form: URLSearchParams, authorization: string | undefined): boolean {
    const { clientId, clientSecret } = this.#options;
    if (authorization?.startsWith("Basic ")) {
      const given = Buffer.from(authorization.slice("Basic ".length), "base64").toString("utf8");
      return given === `${clientId}:${clientSecret}`;
    }
    return form.get("client_id") === clientId && form.get("client_secret") === clientSecret;
  }
}

function unauthorized(message: string): Refusal {
  return new Refusal(401, "unauthorized", message);
}
