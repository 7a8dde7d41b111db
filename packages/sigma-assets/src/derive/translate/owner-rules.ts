import { isValidOwner } from "@dagster-sigma/asset-graph";
import { ConfigurationError } from "@dagster-sigma/foundation";
import {
  checkPattern,
  type MatchableDocument,
  type SigmaPattern,
  SigmaPatternMatcher,
} from "../../filter/sigma-pattern.ts";
import type { Ownership } from "../objects/find-owners.ts";

/** Owners of the documents that match a pattern. A rule without a pattern applies to all documents. */
export interface OwnerRule extends SigmaPattern {
  /** `team:` and a name, or an e-mail address. */
  readonly owners: readonly string[];
  /** Restricts the rule to documents of deactivated (true) or active (false) owners. */
  readonly isOwnerInactive?: boolean;
  /** Replaces the document's owner instead of adding to it (default: false). */
  readonly replace?: boolean;
}

/** A document and its owner in Sigma. Datasets have no tags. */
export interface OwnedDocument extends Ownership {
  readonly properties: MatchableDocument;
}

/** @throws ConfigurationError `OWNER_RULE_INVALID` for an invalid rule, or an owner that Dagster rejects */
export function checkOwnerRules(rules: readonly OwnerRule[]): readonly OwnerRule[] {
  for (const [
    index,
    { owners, isOwnerInactive: _inactive, replace: _replace, ...pattern },
  ] of rules.entries()) {
    const invalid = (what: string): ConfigurationError =>
      new ConfigurationError({
        code: "OWNER_RULE_INVALID",
        message: `ownerRules has ${what} at index ${index}.`,
        hint: 'A rule looks like { path: "Finance/**", owners: ["team:finance"] }.',
      });
    if (!Array.isArray(owners) || owners.length === 0) throw invalid("no owners");
    const wrong = owners.find((owner) => typeof owner !== "string" || !isValidOwner(owner));
    if (wrong !== undefined) throw invalid(`the owner ${JSON.stringify(wrong)}, which Dagster would refuse,`);
    if (!checkPattern(pattern)) throw invalid("a pattern with unknown fields");
  }
  return rules;
}

/** The distinct owners of an object: its owner in Sigma, and those of all matching rules. */
export function ownersOf(document: OwnedDocument, rules: readonly OwnerRule[]): readonly string[] {
  const fitting = rules.filter((rule) => isFor(rule, document));
  const isReplaced = fitting.some(({ replace }) => replace === true);
  const member = document.ownerEmail === null || isReplaced ? [] : [document.ownerEmail];
  return [...new Set([...member, ...fitting.flatMap(({ owners }) => owners)])];
}

function isFor(rule: OwnerRule, { properties, ownerEmail, isOwnerInactive }: OwnedDocument): boolean {
  if (rule.isOwnerInactive !== undefined && rule.isOwnerInactive !== isOwnerInactive) return false;
  return matcherOf(rule).fits(properties, ownerEmail);
}

/** Compiles the globs once per rule. */
function matcherOf(rule: OwnerRule): SigmaPatternMatcher {
  const known = matchers.get(rule);
  if (known !== undefined) return known;
  const matcher = new SigmaPatternMatcher(rule);
  matchers.set(rule, matcher);
  return matcher;
}

const matchers = new WeakMap<OwnerRule, SigmaPatternMatcher>();
