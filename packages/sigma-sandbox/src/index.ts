/**
 * A local Sigma server with the response shapes, limits and peculiarities of Sigma's API.
 *
 *     const sandbox = await startSandbox({ organization: buildSampleCompany() });
 *     // use sandbox.baseUrl, sandbox.clientId, sandbox.clientSecret
 *     await sandbox.close();
 */

export {
  type TrueColumn,
  type TrueColumnEdge,
  type TrueEdge,
  type TrueObject,
  trueColumnEdges,
  trueEdges,
} from "./expected-lineage/true-edges.ts";
export { writeTruth } from "./expected-lineage/write-truth.ts";
export { type GenerateOptions, generateOrganization } from "./generator/generate-organization.ts";
export type { Profile } from "./generator/generation-plan.ts";
export { urlIdOf } from "./organization/base62.ts";
export type { ColumnSpec } from "./organization/columns.ts";
export type { DocumentBuilder, ElementSpec } from "./organization/document-builder.ts";
export { type Mutation, mutateOrganization, mutations } from "./organization/mutate-organization.ts";
export type * from "./organization/organization.ts";
export { elementsOf } from "./organization/organization.ts";
export { type DocumentOptions, elementOf, OrganizationBuilder } from "./organization/organization-builder.ts";
export { type Replay, replayRecording } from "./replay/replay-recording.ts";
export { buildSampleCompany } from "./sample-company/sample-company.ts";
export { type Fault, type FaultRule, Faults, tooManyRequests } from "./server/faults.ts";
export type {
  MaterializationRule,
  Materializations,
  StartedMaterialization,
} from "./server/materializations.ts";
export type { Quirk } from "./server/quirks.ts";
export type { LoggedRequest, RequestLog } from "./server/request-log.ts";
export { type ServedRoute, servedRoutes } from "./server/served-routes.ts";
export type { VariantRule } from "./server/variant-rule.ts";
export type {
  AnswerChange,
  AnswerContext,
  AnswerRow,
  ChangedAnswers,
  WireForm,
} from "./server/variants/answer-change.ts";
export { type WireVariant, wireVariants } from "./server/variants/wire-variants.ts";
export type { Shape } from "./shapes/shape.ts";
export { shapes } from "./shapes/shapes.ts";
export { type Sandbox, type SandboxOptions, startSandbox } from "./start-sandbox.ts";
