/**
 * Path of a line that leaves a column of boxes and comes back to it.
 *
 * @param bulge how far it goes away; negative to the left
 */
export function arcPath(x: number, y1: number, y2: number, bulge: number): string {
  return `M${x} ${y1.toFixed(1)}C${x + bulge} ${y1.toFixed(1)} ${x + bulge} ${y2.toFixed(1)} ${x} ${y2.toFixed(1)}`;
}
