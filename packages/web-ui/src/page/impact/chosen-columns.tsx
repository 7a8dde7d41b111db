import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { columns, model } from "../state/page-data.ts";
import { changeView, view } from "../state/view-state.ts";
import type { ImpactSubject } from "./impact-subject.ts";

/** The columns whose change is looked at: one, several, or all of the asset. */
export function ChosenColumns({ subject }: { readonly subject: ImpactSubject }): VNode | null {
  const [typed, setTyped] = useState("");
  const [missing, setMissing] = useState<readonly string[]>([]);
  const known = columns.value;
  const { asset, columns: changed } = subject;
  if (known === null) return null;
  const all = known.columnsOf(asset).map((column) => known.nameOf(column));
  if (all.length === 0) return null;
  const chosen = changed.map((column) => known.nameOf(column));
  const choose = (names: readonly string[]): void => {
    const [column = null, ...alsoColumns] = names;
    changeView({ column, alsoColumns });
  };
  const add = (): void => {
    // A list may be pasted, in the case of another tool.
    const words = typed
      .split(/[,;\n]/)
      .map((word) => word.trim())
      .filter(Boolean);
    const found = words.map((word) => all.find((name) => name.toLowerCase() === word.toLowerCase()));
    setMissing(words.filter((_word, at) => found[at] === undefined));
    setTyped("");
    choose([...new Set([...chosen, ...found.filter((name) => name !== undefined)])]);
  };
  return (
    <form
      class="chosen-columns"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      {chosen.map((name) => (
        <button
          key={name}
          type="button"
          class="chosen-column"
          aria-label={`Without ${name}`}
          onClick={() => choose(chosen.filter((other) => other !== name))}
        >
          {name} ✕
        </button>
      ))}
      <input
        type="text"
        list="columns-of-asset"
        aria-label="Add columns"
        placeholder={chosen.length === 0 ? "Only these columns: choose, or paste a list" : "Add columns"}
        value={typed}
        onInput={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      <datalist id="columns-of-asset">
        {all.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <button type="submit">Add</button>
      {chosen.length > 0 && (
        <button type="button" class="quiet" onClick={() => choose([])}>
          All of {model.value?.asset(asset).name}
        </button>
      )}
      {missing.length > 0 && view.value.asset !== null && (
        <span role="alert" class="error">
          There is no column {missing.join(", ")}.
        </span>
      )}
    </form>
  );
}
