import { createInterface } from "node:readline";
import type { Duplex } from "node:stream";
import type { Definitions } from "@dagster-sigma/asset-graph";
import type { UserCode } from "../failure/code-place.ts";
import { describeFailure } from "../failure/describe-failure.ts";
import { closedMessage, openedMessage, type PipesMessage } from "./pipes-message.ts";
import { runStep } from "./run-step.ts";
import { parseStepRequest } from "./step-request.ts";

/** Thrown into a step whose run was terminated. */
export class StepTerminated extends Error {
  constructor() {
    super("The run was terminated.");
    this.name = "StepTerminated";
  }
}

/**
 * Runs the steps of one run, one after the other, for a Python process at the other end of a socket. Each line in is
 * `{"run": <Pipes context>}` or `{"cancel": true}`, each line out a Pipes message. Resolves when the other end has closed the
 * socket; a step in progress is aborted then.
 *
 * @param load loads the definitions, once, before the first step; a failure fails each step
 */
export async function serveSteps(
  socket: Duplex,
  load: () => Promise<{ readonly definitions: Definitions; readonly userCode: UserCode | null }>,
): Promise<void> {
  const loaded = load();
  // It fails the steps.
  loaded.catch(() => undefined);
  let step = new AbortController();
  let current: Promise<void> = Promise.resolve();
  const send = (message: PipesMessage): void => {
    if (socket.writable) socket.write(`${JSON.stringify(message)}\n`);
  };
  // The other end may be killed at any time.
  socket.on("error", () => undefined);
  const run = async (context: unknown, signal: AbortSignal): Promise<void> => {
    try {
      const { definitions, userCode } = await loaded;
      await runStep(parseStepRequest(context), { definitions, userCode, signal, send });
    } catch (thrown) {
      send(openedMessage());
      send(closedMessage(describeFailure(thrown)));
    }
  };
  try {
    for await (const line of createInterface({ input: socket })) {
      const request = JSON.parse(line) as { readonly run?: unknown; readonly cancel?: true };
      if (request.cancel === true) {
        step.abort(new StepTerminated());
        continue;
      }
      step = new AbortController();
      const { signal } = step;
      current = current.then(() => run(request.run, signal));
    }
  } catch (thrown) {
    // The other end was killed: a connection with unread data is reset.
    if (!socket.destroyed) throw thrown;
  }
  step.abort(new StepTerminated());
  await current;
}
