import type { FetchLike, FetchLikeResponse } from "@dagster-sigma/sigma-client";
import type { Sandbox } from "@dagster-sigma/sigma-sandbox";
import { type AnswerMutation, mutateAnswer } from "./answer-mutations.ts";

interface KeptAnswer {
  readonly status: number;
  readonly errorCause: string | null;
  readonly text: string;
}

/**
 * Stands between a client and a sandbox, and changes one value of one response. It asks the sandbox for each response only
 * once, over HTTP, so that thousands of loads take minutes.
 */
export class MutatingProxy {
  readonly #sandbox: Sandbox;
  readonly #kept = new Map<string, KeptAnswer>();
  #mutation: AnswerMutation | null = null;

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
  }

  /** Successful responses to GET so far, by path and query. */
  get answers(): ReadonlyMap<string, string> {
    const found = [...this.#kept].filter(([request, { status }]) => status === 200 && request !== tokenPath);
    return new Map(found.map(([request, { text }]) => [request, text]));
  }

  /** @param mutation the change; null for none */
  mutate(mutation: AnswerMutation | null): void {
    this.#mutation = mutation;
  }

  readonly fetch: FetchLike = async (url, init) => {
    const request = url.slice(this.#sandbox.baseUrl.length);
    const kept = this.#kept.get(request) ?? (await this.#ask(request, init));
    const isChanged = this.#mutation?.request === request && kept.status === 200;
    return responseOf(
      kept,
      isChanged && this.#mutation !== null ? mutateAnswer(kept.text, this.#mutation) : kept.text,
    );
  };

  /** The sandbox, as Sigma, issues one token a second, so the first one is kept, too. */
  async #ask(request: string, init: Parameters<FetchLike>[1]): Promise<KeptAnswer> {
    const { method, headers, body } = init;
    const response = await fetch(`${this.#sandbox.baseUrl}${request}`, {
      method,
      headers: { ...headers },
      ...(body === undefined ? {} : { body }),
    });
    const kept = {
      status: response.status,
      errorCause: response.headers.get("errorcause"),
      text: await response.text(),
    };
    this.#kept.set(request, kept);
    return kept;
  }
}

const tokenPath = "/v2/auth/token";

function responseOf({ status, errorCause }: KeptAnswer, text: string): FetchLikeResponse {
  const headers = { get: (name: string) => (name.toLowerCase() === "errorcause" ? errorCause : null) };
  return { status, headers, text: () => Promise.resolve(text) };
}
