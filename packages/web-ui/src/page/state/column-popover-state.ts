import { signal } from "@preact/signals";

/** Key of the asset whose columns are listed at its card; null when none are. */
export const columnPopoverAsset = signal<string | null>(null);
