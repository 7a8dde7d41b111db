/** What launchers need that start a container for each run, instead of asking the server. */
export interface RunOrigin {
  /** Interpreter in which `dagster_typescript` is installed. */
  readonly python: string;
  /** Absolute path of the definitions file. */
  readonly file: string;
  /** Image of the containers. Null: that of the launcher. */
  readonly containerImage: string | null;
  /** Settings of the containers, by launcher, for example `{ k8s: { env_secrets: ["sigma"] } }`. Null: only those of the launcher. */
  readonly containerContext: object | null;
}
