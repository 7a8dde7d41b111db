import { EnvVar } from "@dagster-sigma/asset-graph";
import { describe, expect, it } from "vitest";
import { SigmaOrganization } from "../../src/index.ts";

describe("the description of an organization", () => {
  it("names the variables", () => {
    const [baseUrl, clientId, clientSecret] = ["URL", "ID", "SECRET"].map(EnvVar) as [EnvVar, EnvVar, EnvVar];
    const { config } = new SigmaOrganization({ baseUrl, clientId, clientSecret }).describeResource();
    expect(config).toEqual([
      { name: "base_url", value: baseUrl },
      { name: "client_id", value: clientId },
      { name: "client_secret", value: clientSecret },
    ]);
  });

  it("shows no credentials that are written into the code, also not in the URL", () => {
    const organization = new SigmaOrganization({
      baseUrl: "https://user:password@api.sigmacomputing.com/v2?token=hidden",
      clientId: "an-id",
      clientSecret: "a-secret",
    });
    const { config } = organization.describeResource();
    expect(config.map(({ value }) => value)).toEqual(["https://api.sigmacomputing.com/v2", null, null]);
    const broken = new SigmaOrganization({ baseUrl: "a-secret", clientId: "x", clientSecret: "a-secret" });
    expect(JSON.stringify(broken.describeResource())).not.toContain("a-secret");
  });
});
