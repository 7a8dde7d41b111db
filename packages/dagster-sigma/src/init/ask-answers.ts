import { createInterface } from "node:readline/promises";
import type { Terminal } from "../terminal/terminal.ts";
import type { InitAnswers } from "./init-files.ts";

/** Asks what the flags did not say. An empty answer takes the default, which stands in brackets. */
export async function askAnswers(terminal: Terminal, known: InitAnswers): Promise<InitAnswers> {
  const prompt = createInterface({ input: terminal.input, output: process.stderr });
  try {
    const ask = async (question: string, otherwise: string): Promise<string> => {
      const answer = (await prompt.question(`${question} [${otherwise}] `)).trim();
      return answer === "" ? otherwise : answer;
    };
    const baseUrl = await ask("Base URL of Sigma's API", known.baseUrl ?? "find it by the credentials");
    const folders = await ask("Folders of workbooks, separated by commas", known.folders.join(", ") || "all");
    const dbt = await ask("dbt manifest", known.dbtManifest ?? "none");
    const workspace = await ask("Add the location to workspace.yaml?", known.hasWorkspace ? "yes" : "no");
    return {
      baseUrl: baseUrl.startsWith("http") ? baseUrl : null,
      folders:
        folders === "all"
          ? []
          : folders
              .split(",")
              .map((folder) => folder.trim())
              .filter(Boolean),
      dbtManifest: dbt === "none" ? null : dbt,
      hasWorkspace: /^y/i.test(workspace),
    };
  } finally {
    prompt.close();
  }
}
