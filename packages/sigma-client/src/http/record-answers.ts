import type { TransportFetch } from "./fetch-like.ts";

/** An answer of the API as it came, whatever it was. */
export interface RawAnswer {
  readonly method: string;
  /** With its query; holds no secret. */
  readonly url: string;
  readonly status: number;
  /** By which an unknown route is told from an unknown object. */
  readonly errorCause: string | null;
  readonly text: string;
}

/** Shows every answer that was read whole to somebody who looks on, but for those that hold tokens. */
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
