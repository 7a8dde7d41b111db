/**
 * Compares the sandbox's response types with the vendor's OpenAPI types (sigma-computing-rest-api-sdk 0.1.1): they
 * must be compatible and have no unknown fields. The compiler checks this; no code runs.
 */
import type { paths } from "sigma-computing-rest-api-sdk";
import type {
  ArrayRoutes,
  ObjectRoutes,
  PageAnswer,
  PagedRoutes,
  PostRoutes,
  TokenAnswer,
  TokenPageAnswer,
  TokenPagedRoutes,
} from "../src/wire/answers.ts";

/** Fields of the API that these types lack, with their documentation. */
interface NewerFields {
  /** OpenAPI of 2026-09: schedules contain the name of their element. */
  "/v2/workbooks/{workbookId}/materialization-schedules": "elementId";
  "/v2/dataModels/{dataModelId}/materializationSchedules": "elementId";
}

/** Fields of pages on every route, which some routes' types lack. */
type PageFields = "hasMore" | "total";

type Json<Responses> = Responses extends { 200: { content: { "application/json": infer Body } } }
  ? Body
  : never;
type Vendor<Route, Method extends string> = Route extends keyof paths
  ? paths[Route] extends { [M in Method]: { responses: infer Responses } }
    ? Json<Responses>
    : never
  : never;

/** The generator writes `Record<string, never>` and `never` for unspecified types. */
type Open<T> = [T] extends [never]
  ? unknown
  : T extends Record<string, never>
    ? unknown
    : T extends readonly (infer Item)[]
      ? readonly Open<Item>[]
      : T extends object
        ? { readonly [Key in keyof T]: Open<T[Key]> }
        : T;

type KeysOf<T> = T extends readonly (infer Item)[] ? KeysOf<Item> : T extends object ? keyof T : never;
type RowsOf<T> = T extends { entries: readonly (infer Row)[] }
  ? Row
  : T extends readonly (infer Row)[]
    ? Row
    : T;
type Newer<Route> = Route extends keyof NewerFields ? NewerFields[Route] : never;

/** `"fits"`, or the incompatible fields. */
type Check<Route, Ours, Theirs> = [Theirs] extends [never]
  ? { unknownRoute: Route }
  : Ours extends Open<Theirs>
    ? Exclude<KeysOf<RowsOf<Ours>>, KeysOf<RowsOf<Theirs>> | Newer<Route>> extends never
      ? Exclude<KeysOf<Ours>, KeysOf<Theirs> | PageFields | Newer<Route>> extends never
        ? "fits"
        : { fieldsOfAnswerNotDocumented: Exclude<KeysOf<Ours>, KeysOf<Theirs> | PageFields> }
      : { fieldsOfRowNotDocumented: Exclude<KeysOf<RowsOf<Ours>>, KeysOf<RowsOf<Theirs>> | Newer<Route>> }
    : { doesNotFit: Ours; expected: Open<Theirs> };

type CheckAll<Answers, Method extends string> = {
  [Route in keyof Answers]: Check<Route, Answers[Route], Vendor<Route, Method>>;
};
type Fits<Answers> = { [Route in keyof Answers]: "fits" };

type Paged = { [Route in keyof PagedRoutes]: PageAnswer<PagedRoutes[Route]> };
type TokenPaged = { [Route in keyof TokenPagedRoutes]: TokenPageAnswer<TokenPagedRoutes[Route]> };
type Arrays = { [Route in keyof ArrayRoutes]: ArrayRoutes[Route][] };

declare function expectFits<Answers, Checked extends Fits<Answers>>(...nothing: [Checked?]): void;

expectFits<Paged, CheckAll<Paged, "get">>();
expectFits<TokenPaged, CheckAll<TokenPaged, "get">>();
expectFits<Arrays, CheckAll<Arrays, "get">>();
expectFits<ObjectRoutes, CheckAll<ObjectRoutes, "get">>();
expectFits<PostRoutes, CheckAll<PostRoutes, "post">>();
expectFits<{ "/v2/auth/token": TokenAnswer }, CheckAll<{ "/v2/auth/token": TokenAnswer }, "post">>();
