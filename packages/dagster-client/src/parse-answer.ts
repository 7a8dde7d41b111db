import { z } from "zod";
import type { DagsterClientErrorDetails } from "./errors.ts";

/** An HTTP answer whose body was read completely. */
export interface HttpAnswer {
  readonly status: number;
  readonly contentType: string | null;
  readonly location: string | null;
  readonly body: string;
}

interface Failed {
  readonly failure: Omit<DagsterClientErrorDetails, "endpoint">;
}

/** The data of an answer, or why there is none. */
export type ParsedAnswer<Data> = { readonly data: Data } | Failed;

/** GraphQL answers with `data`, or with `errors`; Dagster sends the latter with status 200 or 400. */
const answerSchema = z.looseObject({
  data: z.unknown().optional(),
  errors: z.array(z.looseObject({ message: z.string() })).nullish(),
});

/** Dagster answers a refused report with `error`. */
const reportErrorSchema = z.looseObject({ error: z.string() });

export function parseAnswer<Data>(answer: HttpAnswer, schema: z.ZodType<Data>): ParsedAnswer<Data> {
  const { status } = answer;
  if (status >= 300 && status < 400) return { failure: redirect(answer) };
  if (status === 401 || status === 403) return refused(status);
  const json = parseJson(answer.body);
  const parsed = answerSchema.safeParse(json);
  const errors = parsed.data?.errors ?? [];
  if (errors.length > 0) {
    return { failure: { code: "DAGSTER_QUERY_FAILED", status, reason: describeErrors(errors) } };
  }
  if (status < 200 || status >= 300) return refused(status);
  if (json === undefined) {
    const found = answer.contentType ?? "text without a content type";
    return invalid(status, `answered with ${found} that is not JSON`);
  }
  if (!parsed.success) return invalid(status, "answered with JSON that is not a GraphQL answer");
  const data = schema.safeParse(parsed.data.data);
  if (data.success) return { data: data.data };
  const { path = [], message = "" } = data.error.issues[0] ?? {};
  const place = ["data", ...path].map(String).join(".");
  return invalid(status, `answered with JSON of an unexpected shape (${place}: ${message})`);
}

/** Why a report was not accepted; null if it was. Dagster answers an accepted report with an empty JSON object. */
export function reportFailure(answer: HttpAnswer): Failed["failure"] | null {
  const { status } = answer;
  if (status >= 300 && status < 400) return redirect(answer);
  if (status === 401 || status === 403) return refused(status).failure;
  const json = parseJson(answer.body);
  const error = reportErrorSchema.safeParse(json).data?.error;
  if (error !== undefined) return { code: "DAGSTER_REFUSED", status, reason: `refused a report: "${error}"` };
  if (status < 200 || status >= 300) return refused(status).failure;
  if (typeof json === "object" && json !== null) return null;
  return invalid(status, "answered a report with something that is not JSON").failure;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refused(status: number): Failed {
  return {
    failure: { code: "DAGSTER_REFUSED", status, reason: `answered ${status}`, hint: hintFor(status) },
  };
}

function invalid(status: number, reason: string): Failed {
  const hint =
    "Check that the URL is that of Dagster's web UI, and that this version of Dagster is supported.";
  return { failure: { code: "DAGSTER_ANSWER_INVALID", status, reason, hint } };
}

/** The redirect's target without password, query and fragment, which may contain secrets of a login page. */
function redirect({ status, location }: HttpAnswer): Failed["failure"] {
  const target = location?.replace(/[?#].*$/s, "").replace(/^([^/]*\/\/)[^/]*@/, "$1") ?? "nowhere";
  return {
    code: "DAGSTER_REDIRECT",
    status,
    reason: `redirects to ${target} (${status}), which is not followed`,
    hint: "Use the URL that the browser shows for Dagster's web UI. If there is a login page in front of Dagster, a token is needed.",
  };
}

function hintFor(status: number): string | undefined {
  if (status === 401 || status === 403)
    return "Check the token: Dagster+ requires a user token or an agent token.";
  return status === 404 ? "Check the URL: it must be that of Dagster's web UI." : undefined;
}

function describeErrors(errors: readonly { readonly message: string }[]): string {
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : "";
  return `answered with the error "${errors[0]?.message ?? ""}"${more}`;
}
