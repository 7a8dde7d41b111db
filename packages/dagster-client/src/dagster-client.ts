import { errorText, TimeLimitPassed, withTimeLimit } from "@dagster-sigma/foundation";
import type { z } from "zod";
import { DagsterClientError, type DagsterClientErrorDetails } from "./errors.ts";
import { graphqlEndpoint } from "./graphql-endpoint.ts";
import { type HttpAnswer, parseAnswer, reportFailure } from "./parse-answer.ts";
import { BodyTooLarge, readText } from "./read-text.ts";

/** Constructor options of {@link DagsterClient}. */
export interface DagsterClientOptions {
  /** URL of Dagster's web UI or of its GraphQL API, for example `http://127.0.0.1:3000`. */
  readonly url: string;
  /** Sent as `Dagster-Cloud-Api-Token`, which only Dagster+ requires. Not sent when empty or omitted. */
  readonly token?: string | undefined;
  /** Time limit for a query, including reading its answer, in ms; greater than 0. Default: 30,000. */
  readonly timeoutMs?: number | undefined;
  /** Maximum size of an answer after decompression, in bytes. Default: 100 MiB. */
  readonly maxAnswerBytes?: number | undefined;
}

/** Options of {@link DagsterClient.query}. */
export interface QueryOptions {
  /** Cancels the query, which then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** A materialization outside of a run. */
export interface AssetMaterializationReport {
  /** Segments of the asset key. */
  readonly assetKey: readonly string[];
  /** Dagster shows texts, numbers, booleans and JSON; other types of metadata have no form in this endpoint. Default: none. */
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** Identifies the content of the data. Default: Dagster generates one. */
  readonly dataVersion?: string | null;
  /** Default: none. */
  readonly description?: string | null;
}

/** Maximum length of response text quoted in a message, in characters. */
const maxReasonLength = 500;

/** Sends GraphQL queries and reports of materializations to a running Dagster. Holds no connection that needs closing. */
export class DagsterClient {
  /** URL of the GraphQL API. */
  readonly endpoint: string;
  readonly #token: string;
  readonly #timeoutMs: number;
  readonly #maxAnswerBytes: number;

  /** @throws DagsterClientError `DAGSTER_URL_INVALID`, `DAGSTER_TOKEN_INVALID` */
  constructor({ url, token, timeoutMs = 30_000, maxAnswerBytes = 100 * 2 ** 20 }: DagsterClientOptions) {
    this.endpoint = graphqlEndpoint(url);
    this.#token = token?.trim() ?? "";
    this.#timeoutMs = timeoutMs;
    this.#maxAnswerBytes = maxAnswerBytes;
    // `fetch` would reject these characters with a message that contains the token.
    if (!/^[\x20-\x7e]*$/.test(this.#token)) {
      const reason = "cannot be queried: the token contains characters that are not valid in a header";
      throw this.#error({ code: "DAGSTER_TOKEN_INVALID", reason });
    }
  }

  /**
   * Sends a query and validates its answer. Redirects are not followed, so that the token reaches no other server.
   *
   * @param document GraphQL text of one operation
   * @param schema of the answer's `data`
   * @throws DagsterClientError; the reason of `signal` when that is aborted
   */
  async query<Data>(
    document: string,
    variables: Readonly<Record<string, unknown>>,
    schema: z.ZodType<Data>,
    { signal }: QueryOptions = {},
  ): Promise<Data> {
    const body = JSON.stringify({ query: document, variables });
    const parsed = parseAnswer(await this.#post(this.endpoint, body, signal), schema);
    if ("failure" in parsed) throw this.#error(parsed.failure);
    return parsed.data;
  }

  /**
   * Reports that an asset was materialized outside of a run, by Dagster's REST endpoint `/report_asset_materialization/`.
   * Dagster need not know the asset. Reporting twice creates two events.
   *
   * @throws DagsterClientError; the reason of `signal` when that is aborted
   */
  async reportAssetMaterialization(
    report: AssetMaterializationReport,
    { signal }: QueryOptions = {},
  ): Promise<void> {
    const { assetKey, metadata = {}, dataVersion, description } = report;
    const body = JSON.stringify({
      asset_key: assetKey,
      metadata,
      ...(dataVersion == null ? {} : { data_version: dataVersion }),
      ...(description == null ? {} : { description }),
    });
    const url = `${this.endpoint.replace(/graphql$/, "")}report_asset_materialization/`;
    const failure = reportFailure(await this.#post(url, body, signal));
    if (failure !== null) throw this.#error(failure);
  }

  async #post(url: string, body: string, signal: AbortSignal | undefined): Promise<HttpAnswer> {
    try {
      return await withTimeLimit(this.#timeoutMs, signal, async (limited) => {
        const response = await fetch(url, {
          method: "POST",
          headers: {
            accept: "application/json",
            "content-type": "application/json",
            ...(this.#token === "" ? {} : { "dagster-cloud-api-token": this.#token }),
          },
          body,
          redirect: "manual",
          signal: limited,
        });
        return {
          status: response.status,
          contentType: response.headers.get("content-type"),
          location: response.headers.get("location"),
          body: await readText(response, this.#maxAnswerBytes),
        };
      });
    } catch (thrown) {
      if (signal?.aborted) throw signal.reason;
      throw this.#error(this.#describeFailure(thrown));
    }
  }

  #describeFailure(thrown: unknown): Omit<DagsterClientErrorDetails, "endpoint"> {
    if (thrown instanceof TimeLimitPassed)
      return { code: "DAGSTER_TIMEOUT", reason: `did not answer within ${this.#timeoutMs / 1_000} s` };
    if (thrown instanceof BodyTooLarge) {
      const mebibytes = Math.round(this.#maxAnswerBytes / 2 ** 20);
      return {
        code: "DAGSTER_ANSWER_TOO_LARGE",
        reason: `answered with more than ${mebibytes} MiB`,
      };
    }
    // `fetch` only says "fetch failed"; its cause has the details.
    const cause = thrown instanceof Error && thrown.cause !== undefined ? thrown.cause : thrown;
    return {
      code: "DAGSTER_UNREACHABLE",
      reason: `cannot be reached (${describeCause(cause)})`,
      hint: "Check that Dagster is running and that the URL is correct.",
      cause,
    };
  }

  /** Responses and URLs may contain the token, so it is redacted. */
  #error({ reason, ...details }: Omit<DagsterClientErrorDetails, "endpoint">): DagsterClientError {
    const safe = this.#token === "" ? reason : reason.replaceAll(this.#token, "[token]");
    const short = safe.length <= maxReasonLength ? safe : `${safe.slice(0, maxReasonLength)}…`;
    return new DagsterClientError({
      ...details,
      endpoint: this.endpoint,
      reason: short.replace(/\s+/g, " "),
    });
  }
}

/** When several addresses of a host fail, Node reports an error with a code but no message. */
function describeCause(cause: unknown): string {
  if (cause instanceof AggregateError && cause.message === "" && cause.errors.length > 0)
    return cause.errors.map(errorText).join("; ");
  return errorText(cause);
}
