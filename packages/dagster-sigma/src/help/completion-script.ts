import type { Command, Option } from "commander";

/** Shells for which there is a script. */
export const shells = ["bash", "zsh", "fish"] as const;

/** One command as the scripts know it. */
interface Completed {
  readonly name: string;
  readonly description: string;
  readonly options: readonly Option[];
  readonly subcommands: readonly string[];
}

/** Options of every command. */
const globalFlags = ["--json", "--quiet", "--verbose", "--log-format", "--no-color", "--help"] as const;

/** A script for a shell that completes the names of commands, their options, and the choices of options. */
export function formatCompletion(shell: (typeof shells)[number], commands: readonly Command[]): string {
  const completed = commands.map((command): Completed => {
    return {
      name: command.name(),
      description: command.description(),
      options: command.options.filter(({ hidden }) => !hidden),
      subcommands: command.commands.map((sub) => sub.name()),
    };
  });
  return { bash, zsh, fish }[shell](completed);
}

function wordsOf({ options, subcommands }: Completed): readonly string[] {
  const flags = options.flatMap(({ long, short }) => [long, short].filter((flag) => flag != null));
  return [...subcommands, ...flags, ...globalFlags];
}

function choicesOf(commands: readonly Completed[]): ReadonlyMap<string, readonly string[]> {
  return new Map(
    commands.flatMap(({ name, options }) =>
      options.flatMap(({ long, argChoices }) =>
        long == null || argChoices === undefined ? [] : [[`${name} ${long}`, argChoices] as const],
      ),
    ),
  );
}

function bash(commands: readonly Completed[]): string {
  const names = commands.map(({ name }) => name).join(" ");
  const cases = commands.map((command) => `    ${command.name}) words="${wordsOf(command).join(" ")}" ;;`);
  const choices = [...choicesOf(commands)].map(
    ([option, values]) => `    "${option}") words="${values.join(" ")}" ;;`,
  );
  return `# Completion of dagster-sigma for bash: source it, for example from ~/.bashrc
_dagster_sigma() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" command="" words=""
  local word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in -*) ;; *) command="$word"; break ;; esac
  done
  if [ -z "$command" ]; then
    COMPREPLY=($(compgen -W "${names} help ${globalFlags.join(" ")} --version" -- "$current"))
    return
  fi
  case "$command $previous" in
${choices.join("\n")}
  esac
  if [ -n "$words" ]; then
    COMPREPLY=($(compgen -W "$words" -- "$current"))
    return
  fi
  case "$command" in
${cases.join("\n")}
    help) words="${names}" ;;
  esac
  case "$current" in
    -*) COMPREPLY=($(compgen -W "$words" -- "$current")) ;;
    *) COMPREPLY=($(compgen -W "$words" -- "$current") $(compgen -f -- "$current")) ;;
  esac
}
complete -o default -F _dagster_sigma dagster-sigma
`;
}

function zsh(commands: readonly Completed[]): string {
  const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''").replaceAll(":", "\\:")}'`;
  const names = commands.map(
    ({ name, description }) => `    ${quoted(name)}${quoted(`:${description}`).replace("\\:", ":")}`,
  );
  const cases = commands.map(
    (command) =>
      `    ${command.name}) words=(${wordsOf(command)
        .map((word) => `'${word}'`)
        .join(" ")}) ;;`,
  );
  const choices = [...choicesOf(commands)].map(
    ([option, values]) => `    '${option}') compadd -- ${values.join(" ")}; return ;;`,
  );
  return `#compdef dagster-sigma
# Completion of dagster-sigma for zsh: source it after compinit, for example from ~/.zshrc
_dagster_sigma() {
  local command="" word
  local -a words_ names
  names=(
${names.join("\n")}
  )
  for word in "\${words[@]:1:CURRENT-2}"; do
    case "$word" in -*) ;; *) command="$word"; break ;; esac
  done
  if [[ -z "$command" ]]; then
    _describe command names
    compadd -- ${globalFlags.join(" ")}
    return
  fi
  case "$command \${words[CURRENT-1]}" in
${choices.join("\n")}
  esac
  case "$command" in
${cases.map((line) => line.replace("words=(", "words_=(")).join("\n")}
  esac
  compadd -- "\${words_[@]}"
  _files
}
compdef _dagster_sigma dagster-sigma
`;
}

function fish(commands: readonly Completed[]): string {
  const quoted = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
  const lines = commands.flatMap(({ name, description, options, subcommands }) => [
    `complete -c dagster-sigma -n __fish_use_subcommand -f -a ${name} -d ${quoted(description)}`,
    ...subcommands.map(
      (sub) => `complete -c dagster-sigma -n '__fish_seen_subcommand_from ${name}' -f -a ${sub}`,
    ),
    ...options.flatMap(({ long, short, description: what, argChoices, required }) => {
      if (long == null) return [];
      const flags = `-l ${long.slice(2)}${short == null ? "" : ` -s ${short.slice(1)}`}`;
      const values =
        argChoices === undefined ? (required ? " -r" : "") : ` -x -a ${quoted(argChoices.join(" "))}`;
      return [
        `complete -c dagster-sigma -n '__fish_seen_subcommand_from ${name}' ${flags}${values} -d ${quoted(what)}`,
      ];
    }),
  ]);
  const globals = globalFlags.map((flag) => `complete -c dagster-sigma -l ${flag.slice(2)}`);
  return `# Completion of dagster-sigma for fish: save it as ~/.config/fish/completions/dagster-sigma.fish
${[...lines, ...globals].join("\n")}
`;
}
