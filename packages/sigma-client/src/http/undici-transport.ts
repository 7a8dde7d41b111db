import { readFileSync } from "node:fs";
import { rootCertificates } from "node:tls";
import { ConfigurationError, errorText } from "@dagster-sigma/foundation";
import type { Agent, Dispatcher } from "undici";
import { AnswerBudget } from "./answer-budget.ts";
import { AnswerHandler } from "./answer-handler.ts";
import { sharedAnswerBytes } from "./answer-limits.ts";
import type { TimeLimits } from "./attempt.ts";
import type { HttpTransport, TransportFetch } from "./fetch-like.ts";
import { gunzipWithin } from "./gunzip-within.ts";

export interface UndiciTransportOptions extends Omit<TimeLimits, "callTimeoutMs"> {
  /** Maximum open connections. */
  readonly maxConnections: number;
  /** See `AnswerLimits`. */
  readonly maxAnswerBytes: number;
  /** Memory that the bodies in flight share, in bytes (default: {@link sharedAnswerBytes}). */
  readonly sharedBytes?: number;
  /** PEM file with trusted certificates, in addition to Node's own and those of `NODE_EXTRA_CA_CERTS`. */
  readonly caFile?: string | undefined;
}

/**
 * HTTP with keep-alive and compression over undici, through the proxy in `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`.
 * undici takes about 170 ms to load, so it is loaded with the first request.
 *
 * @throws ConfigurationError `SIGMA_CA_FILE_UNREADABLE`
 */
export function createUndiciTransport(options: UndiciTransportOptions): HttpTransport {
  const agentOptions: Agent.Options = {
    connect: { timeout: options.connectTimeoutMs, ...certificates(options.caFile) },
    headersTimeout: options.firstByteTimeoutMs,
    bodyTimeout: options.firstByteTimeoutMs,
    connections: options.maxConnections,
    pipelining: 1,
    keepAliveTimeout: 30_000,
  };
  const { maxAnswerBytes, sharedBytes = sharedAnswerBytes } = options;
  // One response may always grow to its limit, with its text and values; the others share the rest.
  const budget = new AnswerBudget(Math.max(sharedBytes - 3 * maxAnswerBytes, sharedBytes / 4));
  const { slowBodyAfterMs } = options;
  let dispatcher: Promise<Dispatcher> | null = null;
  const fetch: TransportFetch = async (url, init) => {
    dispatcher ??= createDispatcher(agentOptions);
    const { origin, pathname, search } = new URL(url);
    const request: Dispatcher.DispatchOptions = {
      origin,
      path: `${pathname}${search}`,
      method: init.method as Dispatcher.HttpMethod,
      headers: { ...init.headers, "accept-encoding": "gzip" },
      body: init.body ?? null,
    };
    const connections = await dispatcher;
    const { end, maxBytes } = init;
    const handler = new AnswerHandler({ end, maxBytes, budget, slowBodyAfterMs });
    connections.dispatch(request, handler);
    const { status, headers, body, share } = await handler.answer;
    const isCompressed = firstOf(headers["content-encoding"]) === "gzip";
    return {
      status,
      headers: { get: (name) => firstOf(headers[name.toLowerCase()]) },
      text: async () => {
        const bytes = isCompressed ? await gunzipWithin(body, maxBytes(status), share) : body;
        // The text of a large body takes as much memory again, and its values at least as much.
        if (bytes.length > largeBodyBytes) await share.reserve(2 * bytes.length);
        return bytes.toString("utf8");
      },
      release: () => share.release(),
    };
  };
  return { fetch, close: async () => await (await dispatcher)?.destroy() };
}

/** The texts of smaller bodies are not counted. */
const largeBodyBytes = 2 ** 20;

async function createDispatcher(options: Agent.Options): Promise<Dispatcher> {
  const undici = await import("undici");
  return hasProxy() ? new undici.EnvHttpProxyAgent(options) : new undici.Agent(options);
}

function firstOf(value: string | readonly string[] | undefined): string | null {
  return (Array.isArray(value) ? value[0] : value) ?? null;
}

function hasProxy(): boolean {
  return ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"].some((name) =>
    Boolean(process.env[name]),
  );
}

/** Node ignores NODE_EXTRA_CA_CERTS if a list of certificates is given, so the list includes them. */
function certificates(caFile: string | undefined): { readonly ca?: string[] } {
  if (caFile === undefined) return {};
  const extra = process.env["NODE_EXTRA_CA_CERTS"];
  return { ca: [...rootCertificates, ...(extra ? [readCertificates(extra)] : []), readCertificates(caFile)] };
}

function readCertificates(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new ConfigurationError({
      code: "SIGMA_CA_FILE_UNREADABLE",
      message: `The certificate file ${file} cannot be read: ${errorText(cause)}.`,
      hint: "Set caFile or NODE_EXTRA_CA_CERTS to the path of a PEM file.",
      cause,
    });
  }
}
