import { describe, expect, it } from "vitest";
import { parseBaseUrl, SigmaBaseUrl } from "../src/index.ts";

describe("parseBaseUrl", () => {
  it.each(Object.entries(SigmaBaseUrl))("accepts the base URL of %s", (_region, url) => {
    expect(parseBaseUrl(url)).toBe(url);
  });

  it("has 13 regions", () => {
    expect(new Set(Object.values(SigmaBaseUrl)).size).toBe(13);
  });

  it.each([
    "https://h.io",
    "https://h.io/",
    "https://h.io/v2",
    "https://h.io/v2/",
    "  https://H.io  ",
    "https://h.io:443",
  ])("normalizes %j to https://h.io", (text) => {
    expect(parseBaseUrl(text)).toBe("https://h.io");
  });

  it.each(["http://127.0.0.1:4010", "http://localhost:1", "http://[::1]:9", "http://127.9.9.9"])(
    "accepts plain http for the loopback address %s",
    (url) => {
      expect(parseBaseUrl(url)).toBe(url);
    },
  );

  it("accepts plain http to other machines only with allowHttp", () => {
    expect(parseBaseUrl("http://proxy.internal:8080/v2", { allowHttp: true })).toBe(
      "http://proxy.internal:8080",
    );
    expect(() => parseBaseUrl("http://proxy.internal")).toThrow(/unencrypted/);
    expect(() => parseBaseUrl("http://127.0.0.1.evil.io")).toThrow(/unencrypted/);
  });

  it.each([
    ["", /is not a URL/, /Administration/],
    ["aws-api.sigmacomputing.com", /is not a URL/, /https:\/\/aws-api\.sigmacomputing\.com/],
    ["localhost:3000", /is not a URL/, /Administration/],
    ["ftp://h.io", /is not a URL/, /Administration/],
    ["https://app.sigmacomputing.com/acme", /its pages|of its API/, /aws-api/],
    ["https://h.io/v3", /more than a host/, /Use https:\/\/h\.io/],
    ["https://h.io/?x=1", /more than a host/, /Use https:\/\/h\.io/],
  ])("rejects %j with a hint", (text, message, hint) => {
    const refuse = (): unknown => {
      try {
        return parseBaseUrl(text);
      } catch (error) {
        return error;
      }
    };
    expect(refuse()).toMatchObject({
      code: "SIGMA_BASE_URL_INVALID",
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
    });
  });

  it("does not include a password in the message", () => {
    expect(() => parseBaseUrl("https://me:hush@h.io")).toThrow(/user name or password/);
    expect(() => parseBaseUrl("https://me:hush@h.io")).not.toThrow(/hush/);
  });
});
