import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Begins the names of tests that are skipped without a browser; they are counted by it. */
export const needsChromium = "[needs Chromium]";

/**
 * A real browser: the one that CHROMIUM names, one that is installed, or on Debian as root the one of its packages, installed
 * now. Null, outside CI only, where there is none.
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
