import type { VNode } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { type Filter, type FilterValue, isSameValue } from "../../filters/filter.ts";
import { filterOptions } from "../../filters/filter-options.ts";
import { formatCount } from "../../model/format-count.ts";
import { model } from "../state/page-data.ts";

/** With more options than this, a field finds them. */
const mostWithoutField = 12;
/** Number of options that are listed at once. */
const mostListed = 200;

/** One filter: a button that says what is chosen, and a list to choose from. */
export function FilterChip(props: {
  readonly filter: Filter;
  readonly name: string;
  readonly chosen: readonly FilterValue[];
  readonly onChange: (values: readonly FilterValue[]) => void;
}): VNode {
  const { name, chosen } = props;
  const [isOpen, setOpen] = useState(false);
  const chip = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <div
      ref={chip}
      class={`filter-chip${chosen.length > 0 ? " chosen" : ""}`}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !isOpen) return;
        event.stopPropagation();
        close();
      }}
      onFocusOut={({ relatedTarget }) => {
        if (relatedTarget instanceof Node && chip.current?.contains(relatedTarget) === true) return;
        // A click on a label moves the focus nowhere.
        if (relatedTarget !== null) setOpen(false);
      }}
    >
      <button ref={button} type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {name}
        {chosen.length > 0 && `: ${summary(chosen)}`} <span aria-hidden="true">▾</span>
      </button>
      {isOpen && (
        <Options {...props} isWithin={(target) => chip.current?.contains(target) === true} onClose={close} />
      )}
    </div>
  );
}

function Options(props: {
  readonly filter: Filter;
  readonly name: string;
  readonly chosen: readonly FilterValue[];
  readonly onChange: (values: readonly FilterValue[]) => void;
  readonly isWithin: (target: Node) => boolean;
  readonly onClose: () => void;
}): VNode | null {
  const { filter, name, chosen, onChange, isWithin, onClose } = props;
  const [typed, setTyped] = useState("");
  const list = useRef<HTMLDivElement>(null);
  const graph = model.value;
  const options = useMemo(
    () => (graph === null ? [] : filterOptions(filter, graph, Date.now() / 1_000)),
    [graph, filter],
  );
  useEffect(() => {
    list.current?.querySelector<HTMLElement>("input, button")?.focus();
    const onPointer = ({ target }: Event): void => {
      if (target instanceof Node && !isWithin(target)) onClose();
    };
    addEventListener("pointerdown", onPointer);
    return () => removeEventListener("pointerdown", onPointer);
  }, []);
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const found = options.filter(({ label }) => words.every((word) => label.toLowerCase().includes(word)));
  return (
    <div ref={list} class="filter-options" role="group" aria-label={`${name}: any of`}>
      {options.length > mostWithoutField && (
        <input
          type="search"
          aria-label={`Find in ${name.toLowerCase()}`}
          placeholder="Find"
          value={typed}
          onInput={({ currentTarget }) => setTyped(currentTarget.value)}
        />
      )}
      <ul>
        {found.slice(0, mostListed).map((option) => {
          const isChosen = chosen.some((value) => isSameValue(value, option));
          const { attribute, value } = option;
          return (
            <li key={`${attribute} ${value}`}>
              <label>
                <input
                  type="checkbox"
                  checked={isChosen}
                  onChange={() =>
                    onChange(
                      isChosen
                        ? chosen.filter((other) => !isSameValue(other, option))
                        : [...chosen, { attribute, value }],
                    )
                  }
                />
                <span class="name">{option.label}</span>
                <span class="muted">{formatCount(option.count)}</span>
              </label>
            </li>
          );
        })}
      </ul>
      {found.length === 0 && (
        <p class="muted">
          {options.length === 0 ? "No asset has one." : `Nothing has “${typed.trim()}” in its name.`}
        </p>
      )}
      {found.length > mostListed && (
        <p class="muted">{formatCount(found.length - mostListed)} more: type a part of the name</p>
      )}
      {chosen.length > 0 && (
        <button type="button" class="quiet" onClick={() => onChange([])}>
          Any {name.toLowerCase()}
        </button>
      )}
    </div>
  );
}

/** What is chosen, in few words. */
function summary(chosen: readonly FilterValue[]): string {
  const [first, ...others] = chosen;
  if (first === undefined) return "";
  const text = textOf(first);
  return others.length === 0 ? text : `${text} or ${others.length} more`;
}

function textOf({ attribute, value }: FilterValue): string {
  if (value === null) return "none";
  if (attribute === "problem") return value === "*" ? "any" : `${value}s`;
  if (attribute === "changed_since") return `since ${value}`;
  if (attribute === "changed_before") return `before ${value}`;
  return value.split("/").at(-1) ?? value;
}
