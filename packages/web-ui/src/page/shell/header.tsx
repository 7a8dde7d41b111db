import type { VNode } from "preact";
import { type Tab, tabs } from "../../model/view-address.ts";
import { SearchBox } from "../search/search-box.tsx";
import { askForRefresh, isConnected, model, status } from "../state/page-data.ts";
import { theme, toggleTheme } from "../state/theme.ts";
import { changeView, view } from "../state/view-state.ts";
import { KeysHelp } from "./keys-help.tsx";
import { showFound } from "./show-found.ts";

const tabNames: Readonly<Record<Tab, string>> = {
  graph: "Graph",
  catalog: "Catalog",
  impact: "Impact",
  changes: "Changes",
  health: "Health",
};

/** Where to go, what to look for, and how old it all is. */
export function Header(): VNode {
  const errors = model.value?.graph.diagnostics.filter(({ severity }) => severity === "error").length ?? 0;
  return (
    <header class="header">
      <nav class="tabs" aria-label="Views">
        {tabs.map((tab) => (
          <button
            key={tab}
            type="button"
            aria-current={view.value.tab === tab ? "page" : undefined}
            onClick={() => changeView({ tab })}
          >
            {tabNames[tab]}
            {tab === "health" && errors > 0 && (
              <span class="badge" title={`${errors} errors were noticed`}>
                {errors}
              </span>
            )}
          </button>
        ))}
      </nav>
      <SearchBox onFound={showFound} />
      <Freshness />
      <KeysHelp />
      <button
        type="button"
        class="quiet"
        aria-label={theme.value === "light" ? "Dark colors" : "Light colors"}
        title={theme.value === "light" ? "Dark colors" : "Light colors"}
        onClick={toggleTheme}
      >
        {theme.value === "light" ? "☾" : "☀"}
      </button>
    </header>
  );
}

function Freshness(): VNode {
  const { progress, canRefresh } = status.value;
  const fetchedAt = model.value?.graph.fetchedAt ?? null;
  return (
    <div class="freshness" aria-live="polite">
      {!isConnected.value ? (
        <span class="muted">The server does not answer</span>
      ) : progress !== null ? (
        <span class="muted">
          <span class="spinner" aria-hidden="true" /> {progress}
        </span>
      ) : (
        fetchedAt !== null && (
          <span class="muted" title={fetchedAt}>
            Fetched {age(fetchedAt)}
          </span>
        )
      )}
      {canRefresh && (
        <button
          type="button"
          class="quiet"
          disabled={progress !== null || !isConnected.value}
          onClick={() => void askForRefresh()}
        >
          Refresh
        </button>
      )}
    </div>
  );
}

function age(fetchedAt: string): string {
  const minutes = Math.max(0, Math.round((Date.now() - Date.parse(fetchedAt)) / 60_000));
  if (minutes < 2) return "just now";
  if (minutes < 120) return `${minutes} minutes ago`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} hours ago` : `${Math.round(hours / 24)} days ago`;
}
