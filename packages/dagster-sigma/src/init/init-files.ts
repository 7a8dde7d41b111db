/** What `init` writes; each answer has a default. */
export interface InitAnswers {
  /** Base URL of Sigma's API; null to leave it to the environment. */
  readonly baseUrl: string | null;
  /** Folders of workbooks to load; empty for all. */
  readonly folders: readonly string[];
  /** Path of a dbt manifest; null without dbt. */
  readonly dbtManifest: string | null;
  /** Whether to make a workspace entry for a Dagster that loads the location over gRPC. */
  readonly hasWorkspace: boolean;
}

/** A file that `init` writes. */
export interface InitFile {
  readonly path: string;
  readonly content: string;
}

/** Versions that a new package.json asks for. */
export interface PackageVersions {
  readonly dagsterSigma: string;
}

/** The files of a new project, without those that are merged. */
export function initFiles(answers: InitAnswers, versions: PackageVersions): readonly InitFile[] {
  return [
    { path: "definitions.ts", content: definitionsText(answers) },
    { path: ".env.example", content: environmentText(answers) },
    { path: "package.json", content: packageText(versions) },
  ];
}

/** Lines that .gitignore must have: credentials and saved states do not belong in a repository. */
export const ignoredFiles: readonly string[] = [".env", ".dagster-sigma/", "node_modules/"];

function definitionsText({ baseUrl, folders, dbtManifest }: InitAnswers): string {
  const filter = folders.length === 0 ? "" : `\n  sigmaFilter: { workbookFolders: ${foldersText(folders)} },`;
  const upstream = dbtManifest === null ? "" : `\n  upstream: [dbtManifest(${JSON.stringify(dbtManifest)})],`;
  const names = [
    ...(dbtManifest === null ? [] : ["dbtManifest"]),
    "Definitions",
    "EnvVar",
    "loadSigmaAssetSpecs",
    "SigmaOrganization",
  ].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
  return `import { ${names.join(", ")} } from "dagster-sigma";

const sigma = new SigmaOrganization({
  baseUrl: EnvVar("SIGMA_BASE_URL"),${baseUrl === null ? "" : ` // ${baseUrl}`}
  clientId: EnvVar("SIGMA_CLIENT_ID"),
  clientSecret: EnvVar("SIGMA_CLIENT_SECRET"),
});

const assets = await loadSigmaAssetSpecs(sigma, {${filter}${upstream}
  groupByFolder: true,
});

export default new Definitions({ assets, resources: { sigma } });
`;
}

/** As in `sigmaFilter`: each folder is a list of names from the top. */
function foldersText(folders: readonly string[]): string {
  return JSON.stringify(folders.map((folder) => folder.split("/").filter(Boolean))).replaceAll(",", ", ");
}

function environmentText({ baseUrl }: InitAnswers): string {
  return `# Copy this file to .env, and fill in the API credentials: Sigma › Administration › Developer access.
SIGMA_BASE_URL=${baseUrl ?? "https://aws-api.sigmacomputing.com"}
SIGMA_CLIENT_ID=
SIGMA_CLIENT_SECRET=
`;
}

function packageText({ dagsterSigma }: PackageVersions): string {
  const content = {
    private: true,
    type: "module",
    scripts: {
      assets: "dagster-sigma assets -f definitions.ts",
      dev: "dagster-sigma dev -f definitions.ts",
      serve: "dagster-sigma serve -f definitions.ts",
    },
    dependencies: { "dagster-sigma": dagsterSigma },
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}
