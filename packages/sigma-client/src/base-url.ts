import { ConfigurationError } from "@dagster-sigma/foundation";
import { SigmaBaseUrl } from "./regions.ts";

const examples = `for example ${SigmaBaseUrl.AWS_US} (AWS US West) or ${SigmaBaseUrl.GCP} (GCP US)`;
const whereToFind = "Sigma shows it under Administration → Account → General settings → Site";

/**
 * Normalizes a base URL to `https://host`. It accepts `https://host`, `https://host/` and `https://host/v2`.
 *
 * @param options `allowHttp` also accepts plain http to other machines (default: false)
 * @throws ConfigurationError `SIGMA_BASE_URL_INVALID` if it is not a base URL of an API, or is plain http to another
 *   machine without `allowHttp`
 */
export function parseBaseUrl(text: string, options: { readonly allowHttp?: boolean } = {}): string {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : null;
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:")) {
    const host = printableHost(text.trim());
    throw invalid(
      host,
      "is not a URL",
      host === null ? `${whereToFind}, ${examples}.` : `Write it with its scheme: https://${host}`,
    );
  }
  const origin = isPrintable(url.hostname) ? url.origin : null;
  if (origin === null && !url.hostname.includes(".")) {
    throw invalid(null, "has no host name that can exist", `${whereToFind}, ${examples}.`);
  }
  if (url.username !== "" || url.password !== "") {
    throw invalid(
      origin,
      "contains a user name or password",
      "Pass the client id and secret as separate options.",
    );
  }
  if (url.hostname.startsWith("app.")) {
    throw invalid(origin, "is the address of Sigma's pages, not of its API", `${whereToFind}, ${examples}.`);
  }
  if (!["", "/", "/v2", "/v2/"].includes(url.pathname) || url.search !== "" || url.hash !== "") {
    throw invalid(origin, "contains more than a host", `Use ${origin ?? "only https:// and the host"}`);
  }
  if (url.protocol === "http:" && !isLoopback(url.hostname) && options.allowHttp !== true) {
    throw invalid(
      origin,
      "is plain http, which would send the client secret unencrypted",
      `Use ${origin?.replace("http:", "https:") ?? "https"}, or set allowHttp: true if the network in between is yours.`,
    );
  }
  return url.origin;
}

function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d+){3}$/.test(hostname);
}

/** Longer parts of a host name are rare, and typical of a secret that was pasted by mistake. */
const longestLabel = 20;

/** Whether a host name is certainly no secret. */
function isPrintable(hostname: string): boolean {
  return hostname.split(".").every((label) => label.length <= longestLabel);
}

/** The host name at the beginning of a text; null if there is none, or if it may be a secret. */
function printableHost(text: string): string | null {
  const [host] = /^[\w.-]+\.[a-z]{2,}(?=[:/]|$)/i.exec(text) ?? [];
  return host !== undefined && isPrintable(host) ? host : null;
}

function invalid(shown: string | null, what: string, hint: string): ConfigurationError {
  return new ConfigurationError({
    code: "SIGMA_BASE_URL_INVALID",
    message: `The Sigma base URL ${shown === null ? "" : `"${shown}" `}${what}.`,
    hint,
  });
}
