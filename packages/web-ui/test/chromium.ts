import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Prefix of tests that are skipped without a browser; used to count them. */
export const needsChromium = "[needs Chromium]";

/**
 * Starts a real browser: the one set by CHROMIUM, an installed one, or, on Debian as root, one installed now from its
 * packages. Null if there is none, except in CI.
 */
export async function startChromium(): Promise<Browser | null> {
  const executablePath = findChromium() ?? installChromium();
  if (executablePath === null) {
    if (process.env["CI"]) throw new Error("The tests need Chromium: set CHROMIUM to its path.");
    return null;
  }
  return await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
}

function findChromium(): string | null {
  const { CHROMIUM: named } = process.env;
  return [...(named ? [named] : []), ...places].find((path) => existsSync(path)) ?? null;
}

function installChromium(): string | null {
  if (process.getuid?.() !== 0 || spawnSync("apt-get", ["--version"]).status !== 0) return null;
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  spawnSync("apt-get", ["update", "-q"], { env, stdio: "ignore" });
  spawnSync("apt-get", ["install", "-y", "-q", "--no-install-recommends", "chromium"], {
    env,
    stdio: "ignore",
  });
  return findChromium();
}
