import { Socket } from "node:net";
import { resolve } from "node:path";
import type { Definitions } from "@dagster-sigma/asset-graph";
import {
  closedMessage,
  describeFailure,
  type Failure,
  failureText,
  parseStepRequest,
  pipesProcess,
  runStep,
  StepTerminated,
  serveSteps,
  type UserCode,
} from "@dagster-sigma/definitions-host";
import { withLoadEnvironment } from "@dagster-sigma/sigma-assets";
import { commandVariables, definitionsFolder } from "../definitions/command-environment.ts";
import { loadDefinitionsFile } from "../definitions/definitions-file.ts";
import { sourcePlace } from "../definitions/source-place.ts";
import { CommandError } from "../errors.ts";

/**
 * Runs steps from a definitions file: those that come over a socket, or the one of a process that Dagster Pipes started.
 *
 * @param fd file descriptor of the socket
 * @throws CommandError `WRONG_USE` without a step; `STEP_FAILED` if the step of Dagster Pipes failed
 */
export async function runSteps(file: string, fd: number | undefined): Promise<void> {
  const variables = { ...commandVariables(file), refresh: "no" } as const;
  await withLoadEnvironment(variables, async () => {
    const userCode: UserCode = { folder: resolve(definitionsFolder(file)), sourcePlace };
    const load = async (): Promise<Loaded> => ({ definitions: await loadDefinitionsFile(file), userCode });
    if (fd === undefined) await runOneStep(load);
    else await serveSteps(new Socket({ fd, readable: true, writable: true }), load);
  });
}

interface Loaded {
  readonly definitions: Definitions;
  readonly userCode: UserCode;
}

/** The step of a process that Dagster Pipes started. */
async function runOneStep(load: () => Promise<Loaded>): Promise<void> {
  const pipes = pipesProcess(process.env);
  if (pipes === null)
    throw new CommandError(
      "WRONG_USE",
      "run-steps needs a step: neither --fd nor the variables of Dagster Pipes are set.",
      "Dagster starts this command; see the guide to the Python location.",
    );
  const stop = new AbortController();
  const onStop = (): void => stop.abort(new StepTerminated());
  process.once("SIGINT", onStop);
  process.once("SIGTERM", onStop);
  let failure: Failure | null;
  try {
    const { definitions, userCode } = await load();
    const request = parseStepRequest(pipes.context);
    failure = await runStep(request, { definitions, userCode, signal: stop.signal, send: pipes.send });
  } catch (thrown) {
    pipes.send(closedMessage(describeFailure(thrown)));
    throw thrown;
  } finally {
    process.off("SIGINT", onStop);
    process.off("SIGTERM", onStop);
  }
  // Dagster's client only logs an error that Pipes reports; what fails the asset is the exit code.
  if (failure !== null) throw new CommandError("STEP_FAILED", `${failure.name}: ${failureText(failure)}`);
}
