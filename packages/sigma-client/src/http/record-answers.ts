import type { TransportFetch } from "./fetch-like.ts";

/** An unmodified response of the API. */
export interface RawAnswer {
  /** `GET` or `POST`. */
  readonly method: string;
  /** URL with query; contains no secret. */
  readonly url: string;
  /** HTTP status. */
  readonly status: number;
  /** The header `errorcause`, which distinguishes an unknown route from an unknown object; null without it. */
  readonly errorCause: string | null;
  /** The decompressed body. */
  readonly text: string;
}

/** Passes every complete response to a callback, except those with tokens. */
export function recordAnswers(fetch: TransportFetch, onAnswer: (answer: RawAnswer) => void): TransportFetch {
  return async (url, init) => {
    const response = await fetch(url, init);
    return {
      status: response.status,
      headers: response.headers,
      text: async () => {
        const text = await response.text();
        if (!url.includes("/auth/token")) {
          const errorCause = response.headers.get("errorcause");
          onAnswer({ method: init.method, url, status: response.status, errorCause, text });
        }
        return text;
      },
    };
  };
}
