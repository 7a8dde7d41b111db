/** An error as plain data, which can be sent to another thread. */
export interface Failure {
  /** Stable code of an error of this project; null for other errors. */
  readonly code: string | null;
  /** The code, or the class name if there is none. */
  readonly name: string;
  /** What happened; begins with file and line of the user's code if known. */
  readonly message: string;
  /** What to do; null if unknown. */
  readonly hint: string | null;
  /** The line of the user's code with a mark below the position; null if unknown. */
  readonly excerpt: string | null;
  /** Stack frames, those in the user's code first, each as `at name (file:line:column)`. */
  readonly stack: readonly string[];
  readonly cause: Failure | null;
}

/** The failure as text for people: message, excerpt and hint, each on its own lines. */
export function failureText({ message, excerpt, hint }: Failure): string {
  return [message, excerpt, hint].filter((part) => part !== null && part !== "").join("\n");
}
