/** What a Dockerfile says, as far as a process can do the same without a container. */
export interface ContainerImage {
  /** Commands of a shell, in order. */
  readonly run: readonly string[];
  /** Source and target of each copied file. */
  readonly copied: readonly (readonly [string, string])[];
  /** Values may refer to `$PATH` of the base image. */
  readonly env: Readonly<Record<string, string>>;
  /** Null for that of the base image. */
  readonly entrypoint: readonly string[] | null;
  readonly command: readonly string[];
  readonly user: string | null;
}

/** Reads a Dockerfile with one stage, and with the JSON forms of CMD and ENTRYPOINT. @throws Error for other instructions */
export function readDockerfile(text: string): ContainerImage {
  const run: string[] = [];
  const copied: (readonly [string, string])[] = [];
  const env: Record<string, string> = {};
  let entrypoint: readonly string[] | null = null;
  let command: readonly string[] = [];
  let user: string | null = null;
  const lines = text.replaceAll("\\\n", " ").split("\n");
  for (const line of lines.filter((each) => each.trim() !== "" && !each.startsWith("#"))) {
    const [, instruction = "", rest = ""] = /^([A-Z]+) +(.*)$/.exec(line) ?? [];
    const [first = "", second = ""] = rest.split(" ");
    const [name = "", value = ""] = rest.split(/=(.*)/);
    if (instruction === "RUN") run.push(rest);
    else if (instruction === "COPY") copied.push([first, second]);
    else if (instruction === "ENV") env[name] = value;
    else if (instruction === "ENTRYPOINT") entrypoint = JSON.parse(rest) as string[];
    else if (instruction === "CMD") command = JSON.parse(rest) as string[];
    else if (instruction === "USER") user = rest;
    else if (!["FROM", "WORKDIR", "EXPOSE"].includes(instruction)) throw new Error(`Not known: ${line}`);
  }
  return { run, copied, env, entrypoint, command, user };
}
