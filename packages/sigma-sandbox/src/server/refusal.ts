/** An error response in Sigma's format. Handlers throw it; the server sends it. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

export function notFound(): Refusal {
  return new Refusal(404, "not_found", "Object Does Not Exist No matching record");
}
