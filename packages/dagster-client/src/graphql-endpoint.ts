import { DagsterClientError } from "./errors.ts";

/**
 * Derives the URL of the GraphQL API from the URL of Dagster's web UI or of the API itself: `http://host:3000`,
 * `https://acme.dagster.cloud/prod/`, `http://host:3000/graphql`. Query and fragment are ignored.
 *
 * @throws DagsterClientError `DAGSTER_URL_INVALID`; the message does not contain the URL, which may include a
 * password
 */
export function graphqlEndpoint(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) {
    throw invalid("is not a valid http:// or https:// URL");
  }
  if (parsed.username !== "" || parsed.password !== "") throw invalid("contains a user name or password");
  const path = parsed.pathname.replace(/\/+$/, "");
  return `${parsed.origin}${path.endsWith("/graphql") ? path : `${path}/graphql`}`;
}

function invalid(reason: string): DagsterClientError {
  return new DagsterClientError({
    code: "DAGSTER_URL_INVALID",
    endpoint: null,
    reason,
    hint: "Use the URL of Dagster's web UI, for example http://127.0.0.1:3000.",
  });
}
