/** An error as plain data, which can leave the thread of the code that threw it. */
export interface Failure {
  /** Stable code of an error of this project; null for any other. */
  readonly code: string | null;
  /** The code or, where there is none, the name of the class. */
  readonly name: string;
  /** What happened; begins with file and line of the user's code where they are known. */
  readonly message: string;
  /** What to do; null when that is not known. */
  readonly hint: string | null;
  /** The line of the user's code with a mark below the place; null when it is not known. */
  readonly excerpt: string | null;
  /** Stack frames, those of the user's code first, each as `at name (file:line:column)`. */
  readonly stack: readonly string[];
  readonly cause: Failure | null;
}

/** The failure as text for people: message, excerpt, hint, each on lines of its own. */
export function failureText({ message, excerpt, hint }: Failure): string {
  return [message, excerpt, hint].filter((part) => part !== null && part !== "").join("\n");
}
