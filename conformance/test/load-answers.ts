import { onTestFinished } from "vitest";
import { startAnswerServer } from "../src/dagster-sigma/answer-server.ts";
import {
  loadOurs,
  type ReferenceLoader,
  type ReferenceOutcome,
  wholeOrganization,
} from "../src/dagster-sigma/load-case.ts";

/** An organization as loaded by both sides. */
export interface BothSides {
  readonly reference: ReferenceOutcome;
  readonly ours: Awaited<ReturnType<typeof loadOurs>>;
}

/** Loads fixed answers with both sides. */
export async function loadAnswers(
  reference: ReferenceLoader,
  answers: Parameters<typeof startAnswerServer>[0],
): Promise<BothSides> {
  const server = await startAnswerServer(answers);
  onTestFinished(() => server.close());
  return {
    ours: await loadOurs(server, wholeOrganization),
    reference: await reference.load(server, wholeOrganization),
  };
}
