import { type FailedCall, SigmaResponseShapeError } from "../errors.ts";
import { type LeftOutPart, readRow } from "./read-row.ts";
import type { RowShape } from "./row-shape.ts";

/**
 * Reads a response that is one object.
 *
 * @param onLeftOut called for each optional field that is left out
 * @throws SigmaResponseShapeError if nothing of it can be used
 */
export function requireRow<Row>(
  shape: RowShape<Row>,
  value: unknown,
  call: FailedCall,
  onLeftOut: (part: LeftOutPart) => void = () => undefined,
): Row {
  const read = readRow(shape, value);
  if (read.reason !== null)
    throw new SigmaResponseShapeError(call, { ...read.reason, jsonPath: read.reason.field });
  for (const part of read.leftOut) onLeftOut(part);
  return read.row;
}
