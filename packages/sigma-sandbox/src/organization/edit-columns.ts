import type { Column, DocumentContent, Element, Source } from "./organization.ts";

/**
 * Returns content with changed columns in one of its elements with columns (index modulo their number). The original
 * content is not modified, because documents may share it.
 */
export function editColumns(
  content: DocumentContent,
  index: number,
  edit: (columns: readonly Column[]) => readonly Column[],
): DocumentContent {
  const copies = new Map<Element, Element>();
  const elements = content.pages.flatMap((page) => page.elements);
  for (const element of elements) copies.set(element, { ...element });
  const copyOf = <Thing extends Source>(source: Thing): Thing =>
    (source.kind === "element" ? (copies.get(source) ?? source) : source) as Thing;
  const withColumns = elements.filter(({ columns }) => columns.length > 0);
  const edited = withColumns[index % Math.max(1, withColumns.length)];
  for (const [element, copy] of copies) {
    const columns = element.columns.map((column) => ({
      ...column,
      from: column.from.map((origin) => ({ ...origin, source: copyOf(origin.source) })),
    }));
    Object.assign(copy, {
      sources: element.sources.map(copyOf),
      lookups: element.lookups.map(copyOf),
      columns: element === edited ? edit(columns) : columns,
    });
  }
  return {
    pages: content.pages.map((page) => ({ ...page, elements: page.elements.map(copyOf) })),
    schedules: content.schedules.map((schedule) => ({ ...schedule, element: copyOf(schedule.element) })),
  };
}
