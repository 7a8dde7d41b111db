import { elementShapes } from "./element-shapes.ts";
import { modelShapes } from "./model-shapes.ts";
import type { Shape } from "./shape.ts";
import { wireShapes } from "./wire-shapes.ts";

/**
 * All hand-written organizations. Unlike generated ones, they take their peculiarities from the tests and
 * documentation of others.
 */
export function shapes(): readonly Shape[] {
  return [...modelShapes(), ...elementShapes(), ...wireShapes()];
}
