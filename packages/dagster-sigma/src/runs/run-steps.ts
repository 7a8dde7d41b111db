import { Socket } from "node:net";
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
} from "@dagster-sigma/definitions-host";
import { CommandError } from "../errors.ts";
import { type LoadedUserCode, withUserCode } from "./with-user-code.ts";

/**
 * Runs steps from a definitions file: those that come over a socket, or the one of a process that Dagster Pipes started.
 *
 * @param fd file descriptor of the socket
 * @throws CommandError `WRONG_USE` without a step; `STEP_FAILED` if the step of Dagster Pipes failed
 */
export async function runSteps(file: string, fd: number | undefined): Promise<void> {
  await withUserCode(file, async (load) => {
    if (fd === undefined) await runOneStep(load);
    else await serveSteps(new Socket({ fd, readable: true, writable: true }), load);
  });
}

/** The step of a process that Dagster Pipes started. */
async function runOneStep(load: () => Promise<LoadedUserCode>): Promise<void> {
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
