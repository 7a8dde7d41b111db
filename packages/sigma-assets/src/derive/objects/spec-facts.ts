import type { DocumentSpec, SpecJoin } from "../../state/document-spec.ts";

/** What a code representation tells besides sources: how tables are combined. It is not the source of any value. */
export interface SpecFacts {
  /** Joins with their key columns, by element. */
  readonly joins: readonly (SpecJoin & { readonly element: string })[];
  /** Output columns of unions with the column of each source, by element. */
  readonly unions: readonly {
    readonly element: string;
    readonly output: string;
    readonly columns: readonly (string | null)[];
  }[];
  /** Metrics, by element. */
  readonly metrics: readonly { readonly element: string; readonly name: string; readonly formula: string }[];
}

/** Null if there is none of them. */
export function buildSpecFacts(spec: DocumentSpec | undefined): SpecFacts | null {
  const elements = spec?.elements ?? [];
  const nameOf = ({ id, name }: { readonly id: string; readonly name: string | null }): string => name ?? id;
  const joins = elements.flatMap((each) => each.joins.map((join) => ({ element: nameOf(each), ...join })));
  const unions = elements.flatMap((each) =>
    each.matches.map((match) => ({ element: nameOf(each), ...match })),
  );
  const metrics = elements.flatMap((each) =>
    each.metrics.map((metric) => ({ element: nameOf(each), ...metric })),
  );
  return joins.length + unions.length + metrics.length === 0 ? null : { joins, unions, metrics };
}
