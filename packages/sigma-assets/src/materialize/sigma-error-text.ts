/** Maximum length of Sigma's text in a message, in characters. */
const maxLength = 1_000;

/** Sigma's reason for a failure as text; null without one. The field is documented as text; an object has a `message`. */
export function sigmaErrorText(error: unknown): string | null {
  const text = textOf(error).trim().replace(/\.+$/, "");
  if (text === "") return null;
  return text.length <= maxLength ? text : `${text.slice(0, maxLength)}…`;
}

function textOf(error: unknown): string {
  if (typeof error === "string") return error;
  if (typeof error !== "object" || error === null) return "";
  return "message" in error && typeof error.message === "string" ? error.message : JSON.stringify(error);
}
