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
    const looksLikeHost = /^[\w.-]+\.[a-z]{2,}/i.test(text.trim());
    throw invalid(
      text,
      "is not a URL",
      looksLikeHost ? `Write it with its scheme: https://${text.trim()}` : `${whereToFind}, ${examples}.`,
    );
  }
  if (url.username !== "" || url.password !== "") {
    throw invalid(
      url.origin,
      "contains a user name or password",
      "Pass the client id and secret as separate options.",
    );
  }
  if (url.hostname.startsWith("app.")) {
    throw invalid(text, "is the address of Sigma's pages, not of its API", `${whereToFind}, ${examples}.`);
  }
  if (!["", "/", "/v2", "/v2/"].includes(url.pathname) || url.search !== "" || url.hash !== "") {
    throw invalid(text, "contains more than a host", `Use ${url.origin}`);
  }
  if (url.protocol === "http:" && !isLoopback(url.hostname) && options.allowHttp !== true) {
    throw invalid(
      text,
      "is plain http, which would send the client secret unencrypted",
      `Use https://${url.host}, or set allowHttp: true if the network in between is yours.`,
    );
  }
  return url.origin;
}

function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d+){3}$/.test(hostname);
}

function invalid(text: string, what: string, hint: string): ConfigurationError {
  return new ConfigurationError({
    code: "SIGMA_BASE_URL_INVALID",
    message: `The Sigma base URL "${text}" ${what}.`,
    hint,
  });
}
