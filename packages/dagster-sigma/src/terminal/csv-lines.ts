/** CSV as it is printed: with the line ends of other output, because control characters are shown as symbols. */
export function csvLines(csv: string): string {
  return csv.replaceAll("\r\n", "\n");
}
