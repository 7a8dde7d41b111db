import { DagsterClientError } from "./errors.ts";

/**
 * The address of the GraphQL API, from the URL of Dagster's page or of the API itself: `http://host:3000`,
 * `https://acme.dagster.cloud/prod/`, `http://host:3000/graphql`. Query and fragment are ignored.
 *
 * @throws DagsterClientError `DAGSTER_URL_INVALID`; the message does not repeat the URL, which may contain a password
 */
export function graphqlEndpoint(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) {
    throw invalid("does not begin with http:// or https://, or is not a URL");
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
    hint: "Use the URL of Dagster's page, for example http://127.0.0.1:3000.",
  });
}
