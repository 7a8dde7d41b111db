/** Width of a sheet of A4 without its margins, in CSS pixels. */
const sheetWidth = 700;

/** Pictures keep their width on the screen: on paper they are scaled to a sheet. */
export function fitPrint(): void {
  addEventListener("beforeprint", () => {
    const stage = document.querySelector<HTMLElement>(".overview-stage, .lineage-stage");
    document.body.classList.toggle("wide-picture", stage !== null);
    if (stage !== null)
      document.body.style.setProperty("--print-zoom", String(Math.min(1, sheetWidth / stage.scrollWidth)));
  });
}
