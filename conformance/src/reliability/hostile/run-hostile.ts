import { type ChildProcess, fork } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Organization, startSandbox } from "@dagster-sigma/sigma-sandbox";
import { conformanceFolder } from "../../python/conformance-folder.ts";
import { type HostileCase, isAttacked } from "./hostile-case.ts";
import type { LoadReply, LoadRequest } from "./hostile-loader.ts";
import { startHostileServer } from "./hostile-server.ts";

/** The result of a load from a hostile server. */
export interface HostileResult {
  readonly outcome: "same" | "less" | `refused: ${string}` | "crashed" | "no end";
  /** Requests that got a hostile answer. */
  readonly tries: number;
  /** All requests. */
  readonly requests: number;
  readonly wallMs: number;
  /** Highest memory of the process of the load, in MiB. */
  readonly peakMiB: number;
  /** What must not happen. */
  readonly problems: readonly string[];
}

export type LoadLimits = Omit<LoadRequest["options"], "baseUrl" | "clientId" | "clientSecret">;

/** A load ends within this time, in ms. */
const maxWallMs = 200_000;
/** A load takes less memory than this, in MiB. */
const maxPeakMiB = 600;

/** Loads an organization from hostile servers, in a process of its own. */
export class HostileRunner {
  readonly #organization: Organization;
  readonly #limits: LoadLimits;
  #loader: ChildProcess | null = null;
  #honest: readonly string[] | null = null;

  constructor(organization: Organization, limits: LoadLimits = {}) {
    this.#organization = organization;
    this.#limits = limits;
  }

  async run(hostile: HostileCase): Promise<HostileResult> {
    this.#honest ??= await this.#honestAssets();
    const honest = this.#honest;
    const { reply, tries, requests, leaks, followed } = await this.#load(hostile);
    if (reply === null || reply === "no end") {
      const outcome = reply ?? "crashed";
      return { outcome, tries, requests, wallMs: maxWallMs, peakMiB: 0, problems: [outcome] };
    }
    const { code, assets, wallMs, peakMiB, diagnostics } = reply;
    const isSame = assets.join("\n") === honest.join("\n");
    const outcome = code !== null ? (`refused: ${code}` as const) : isSame ? "same" : "less";
    const problems = [
      ...((hostile.allowed as readonly string[]).includes(outcome) ? [] : [outcome]),
      ...(outcome === "less" && diagnostics === 0 ? ["less, and no diagnostic"] : []),
      ...(wallMs > maxWallMs ? [`${Math.round(wallMs / 1_000)} s`] : []),
      ...(peakMiB > maxPeakMiB ? [`${peakMiB} MiB`] : []),
      ...(followed > 0 ? ["a redirect was followed"] : []),
      ...(tries === 0 ? ["nothing was attacked"] : []),
      ...leaks,
    ];
    return { outcome, tries, requests, wallMs, peakMiB, problems };
  }

  async #honestAssets(): Promise<readonly string[]> {
    const { reply } = await this.#load(null);
    if (reply === null || reply === "no end" || reply.code !== null)
      throw new Error(`The honest load failed: ${JSON.stringify(reply)}`);
    return reply.assets;
  }

  close(): void {
    this.#loader?.kill("SIGKILL");
    this.#loader = null;
  }

  async #load(hostile: HostileCase | null): Promise<
    Omit<HostileResult, "outcome" | "wallMs" | "peakMiB" | "problems"> & {
      readonly reply: LoadReply | "no end" | null;
      readonly leaks: readonly string[];
      readonly followed: number;
    }
  > {
    const sandbox = await startSandbox({ organization: this.#organization });
    const isHostile = (path: string): boolean => hostile !== null && isAttacked(hostile.route, path);
    const server = await startHostileServer(sandbox, isHostile, hostile?.answer ?? (() => undefined));
    const stateDir = mkdtempSync(join(tmpdir(), "dagster-sigma-hostile-"));
    try {
      const { clientId, clientSecret } = sandbox;
      // The honest load may take its time.
      const limits = hostile === null ? {} : this.#limits;
      const options = { ...limits, baseUrl: server.baseUrl, clientId, clientSecret };
      const reply = await this.#ask({ stateDir, options });
      const kept = readdirSync(stateDir).map((file) => readFileSync(join(stateDir, file), "latin1"));
      const shown = reply === null || reply === "no end" ? "" : reply.shown + reply.assets.join("\n");
      const leaks = leaksIn([shown, ...kept], server.secrets);
      const { hostileRequests: tries, requests, followed } = server;
      return { reply, tries, requests, leaks, followed };
    } finally {
      await server.close();
      await sandbox.close();
      rmSync(stateDir, { recursive: true, force: true });
    }
  }

  /** Null if the process ended. */
  #ask(request: LoadRequest): Promise<LoadReply | "no end" | null> {
    const loader = this.#loader ?? start();
    this.#loader = loader;
    return new Promise((resolve) => {
      const finish = (reply: LoadReply | "no end" | null): void => {
        clearTimeout(timer);
        loader.removeAllListeners("message").removeAllListeners("exit");
        if (reply === null || reply === "no end") this.close();
        resolve(reply);
      };
      const timer = setTimeout(() => finish("no end"), maxWallMs * 1.2);
      loader.once("message", (reply) => finish(reply as LoadReply));
      loader.once("exit", () => finish(null));
      loader.send(request);
    });
  }
}

/** Always the built module: the child process does not compile. */
function start(): ChildProcess {
  const module = join(conformanceFolder, "dist", "reliability", "hostile", "hostile-loader.js");
  return fork(module, { execArgv: [], stdio: ["ignore", "ignore", "inherit", "ipc"] });
}

/** Secrets in texts, in the forms in which they are usually sent. */
function leaksIn(texts: readonly string[], secrets: readonly string[]): readonly string[] {
  const forms = secrets.flatMap((secret) =>
    secret.length < 8
      ? []
      : [
          secret,
          encodeURIComponent(secret),
          Buffer.from(secret)
            .toString("base64")
            .replace(/.{0,2}=*$/, ""),
        ],
  );
  return forms.some((form) => texts.some((text) => text.includes(form))) ? ["a secret is shown or kept"] : [];
}
