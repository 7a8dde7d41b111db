import { PythonLines } from "../python/python-lines.ts";

type Call = "health" | "server_id" | "list" | "repository" | "repository at once" | "reload" | "shutdown";
type Answer = { readonly result: unknown } | { readonly error: string };

/** The result of a sensor, read by Dagster. */
export interface EvaluatedSensor {
  readonly events: readonly string[];
  readonly cursor: string | null;
  readonly skipMessage: string | null;
}

/** Dagster's own gRPC client, in a Python process. */
export class DagsterGrpcClient {
  readonly #lines: PythonLines<object, Answer>;

  /** @param python the interpreter of an environment with dagster */
  constructor(python: string) {
    this.#lines = new PythonLines(python, "grpc_calls.py");
  }

  /** The result of the call. Rejects with the error that the client raised. */
  async call<Result>(port: number, call: Call): Promise<Result> {
    const answer = await this.#lines.ask({ port, call });
    if ("error" in answer) throw new Error(answer.error);
    return answer.result as Result;
  }

  /** Evaluates a sensor, as the daemon does; the events are asset checks, as `key check`. */
  async evaluate(port: number, sensor: string, cursor: string | null): Promise<EvaluatedSensor> {
    const answer = await this.#lines.ask({ port, call: "sensor", sensor, cursor });
    if ("error" in answer) throw new Error(answer.error);
    return answer.result as EvaluatedSensor;
  }

  close(): Promise<void> {
    return this.#lines.close();
  }
}
