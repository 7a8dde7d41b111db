/**
 * The base URLs of Sigma's API by cloud and region (from Sigma's "Get started with the Sigma API" page and its OpenAPI
 * documents of 2025-11 and 2026-09). Sigma shows yours under Administration → Account → General settings → Site.
 */
export const SigmaBaseUrl = {
  AWS_US: "https://aws-api.sigmacomputing.com",
  AWS_US_EAST: "https://api.us-a.aws.sigmacomputing.com",
  AWS_CANADA: "https://api.ca.aws.sigmacomputing.com",
  AWS_EUROPE: "https://api.eu.aws.sigmacomputing.com",
  AWS_AUSTRALIA: "https://api.au.aws.sigmacomputing.com",
  AWS_UK: "https://api.uk.aws.sigmacomputing.com",
  AZURE_US: "https://api.us.azure.sigmacomputing.com",
  AZURE_EUROPE: "https://api.eu.azure.sigmacomputing.com",
  AZURE_CANADA: "https://api.ca.azure.sigmacomputing.com",
  AZURE_UK: "https://api.uk.azure.sigmacomputing.com",
  AZURE_AUSTRALIA: "https://api.au.azure.sigmacomputing.com",
  GCP: "https://api.sigmacomputing.com",
  GCP_KSA: "https://api.sa.gcp.sigmacomputing.com",
} as const;

/** One of the base URLs. */
export type SigmaBaseUrl = (typeof SigmaBaseUrl)[keyof typeof SigmaBaseUrl];

/** The region of a base URL, for messages; null for an unknown URL. */
export function regionOf(baseUrl: string): string | null {
  return Object.entries(SigmaBaseUrl).find(([, url]) => url === baseUrl)?.[0] ?? null;
}
