import type { DataModel, ModelElement, Source } from "../organization/organization.ts";
import { elementOf } from "../organization/organization-builder.ts";
import { buildShape, customerColumns, folder, orderColumns, type Shape, type ShapeParts } from "./shape.ts";

/** How data models read each other. */
export function modelShapes(): readonly Shape[] {
  return [
    buildShape(
      "chain of five models",
      "Each data model reads the one before; a workbook reads the last.",
      (parts) => {
        let last = modelOver(parts, "Layer 1", parts.orders);
        for (const layer of [2, 3, 4, 5])
          last = modelOver(parts, `Layer ${layer}`, elementOf(last, "Orders"));
        workbookOver(parts, "Chain", last);
      },
    ),

    buildShape("diamond", "Two data models read one, and a fourth reads both.", (parts) => {
      const base = modelOver(parts, "Base", parts.orders);
      const sides = ["Left", "Right"].map((name) => modelOver(parts, name, elementOf(base, "Orders")));
      const { company, owner } = parts;
      const top = company.dataModel(folder, "Top", { owner }, (model) => {
        const from = sides.map((side) => elementOf(side, "Orders"));
        model.page("Page 1").table("Orders", { from, columns: ["Order Id"] });
      });
      workbookOver(parts, "Diamond", top, ["Order Id"]);
    }),

    buildShape(
      "self reference",
      "An element of a data model reads another one of the same model as if it were in another document.",
      (parts) => {
        const { company, owner, orders } = parts;
        const model: DataModel = company.dataModel(folder, "Orders", { owner }, (content) => {
          const element = content.page("Page 1").table("Orders", { from: orders, columns: orderColumns });
          const itself: ModelElement = { kind: "modelElement", model, element };
          content.table("Large Orders", { from: itself, columns: orderColumns });
        });
        workbookOver(parts, "Orders", model);
      },
    ),

    buildShape(
      "model over a filtered model",
      "A data model reads an archived one, which listings omit but which answers by its id.",
      (parts) => {
        const base = modelOver(parts, "Archived", parts.orders, { isArchived: true });
        workbookOver(parts, "Orders", modelOver(parts, "Orders", elementOf(base, "Orders")));
      },
    ),

    buildShape(
      "model over a forbidden model",
      "A data model reads one in another member's folder, which these credentials may not see at all.",
      (parts) => {
        const base = modelOver(parts, "Secret", parts.orders, { isListed: false });
        workbookOver(parts, "Orders", modelOver(parts, "Orders", elementOf(base, "Orders")));
        return {
          variants: [{ variant: "forbiddenDataModel" as const, document: base.id }],
          hidden: [base.id],
        };
      },
    ),

    buildShape(
      "personal models",
      "Data models in My Documents, which no listing shows: one that only a workbook reads, one below a listed model.",
      (parts) => {
        const personal = { path: "My Documents", isListed: false };
        workbookOver(parts, "Mine", modelOver(parts, "Mine", parts.orders, personal));
        const base = modelOver(parts, "Below", parts.orders, personal);
        workbookOver(parts, "Ours", modelOver(parts, "Ours", elementOf(base, "Orders")));
      },
    ),

    buildShape(
      "two models of one name",
      "Two data models in one folder have one name; a workbook reads each.",
      (parts) => {
        for (const key of ["first", "second"]) {
          const table = key === "first" ? parts.orders : parts.customers;
          workbookOver(parts, `Reader of the ${key}`, modelOver(parts, "Orders", table, { key }), [
            ...(key === "first" ? orderColumns : customerColumns),
          ]);
        }
      },
    ),

    leadingZero("leading zero", []),
    leadingZero("leading zero without rows", [{ variant: "modelRowsMissing" }]),
  ];
}

function leadingZero(name: string, variants: Shape["variants"]): Shape {
  const about =
    "The UUID of the data model begins with a zero byte, so that its urlId begins with a zero digit.";
  const shape = buildShape("leading zero", about, (parts) => {
    // The UUID derives from the key; 841 is the first number that gives one that begins with 00.
    workbookOver(parts, "Orders", modelOver(parts, "Orders", parts.orders, { key: "841" }));
    return undefined;
  });
  return { ...shape, name, variants };
}

interface ModelOptions {
  readonly path?: string;
  readonly key?: string;
  readonly isListed?: boolean;
  readonly isArchived?: boolean;
}

/** A data model with one element, named after what it shows. */
function modelOver(
  { company, owner, customers }: ShapeParts,
  name: string,
  from: Source,
  { path = folder, ...options }: ModelOptions = {},
): DataModel {
  const columns = from === customers ? customerColumns : orderColumns;
  return company.dataModel(path, name, { owner, ...options }, (model) => {
    model.page("Page 1").table("Orders", { from, columns });
  });
}

/** A workbook with one table over the element of a data model. */
function workbookOver(
  { company, owner }: ShapeParts,
  name: string,
  model: DataModel,
  columns: readonly string[] = orderColumns,
): void {
  company.workbook(folder, name, { owner }, (workbook) => {
    workbook.page("Page 1").table("Orders", { from: elementOf(model, "Orders"), columns });
  });
}
