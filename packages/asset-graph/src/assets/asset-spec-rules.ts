import { AutomationCondition } from "../automation/automation-condition.ts";
import { InvalidAssetSpecError } from "../errors.ts";
import type { AssetKey } from "../keys/asset-key.ts";
import { kindTagPrefix } from "../metadata/metadata-labels.ts";

/** Maximum number of kinds per asset (dagster 1.13 `asset_spec.py`; 3 up to 1.11). */
const maxKinds = 10;

// Copied from dagster 1.13.27, from the file that each comment names.
const email = /^\b[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Z|a-z]{2,7}\b$/; // _core/utils.py
const tagKey = /^([A-Za-z0-9_.-]{1,63}\/|dagster\/kind\/)?[A-Za-z0-9_.-]{1,63}$/; // _utils/tags.py
const tagValue = /^[A-Za-z0-9_.-]{0,63}$/; // _utils/tags.py
const groupName = /^[A-Za-z0-9_]+(\/[A-Za-z0-9_]+)*$/; // _core/definitions/utils.py

/** Dagster's rule: an email address whose top-level domain has 2 to 7 letters, or `team:` and a name. */
export function isValidOwner(owner: string): boolean {
  return email.test(owner) || (owner.startsWith("team:") && owner.length > "team:".length);
}

/** Dagster's rule for kinds: 1 to 63 letters, digits, `_`, `-` and `.`. */
export function isValidKind(kind: string): boolean {
  return tagKey.test(`${kindTagPrefix}${kind}`);
}

export function isValidTag(key: string, value: string): boolean {
  return tagKey.test(key) && tagValue.test(value);
}

function isValidGroupName(group: string): boolean {
  return groupName.test(group);
}

export interface CheckedAttributes {
  readonly owners: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly kinds: readonly string[];
  readonly groupName: string | null;
  readonly automationCondition: AutomationCondition | null;
}

/** @throws InvalidAssetSpecError for the first attribute that Dagster would reject */
export function checkAttributes(key: AssetKey, attributes: CheckedAttributes): void {
  const fail = (what: string, rule: string): never => {
    throw new InvalidAssetSpecError(`The asset "${key.toUserString()}" has ${what}.`, rule);
  };
  for (const owner of attributes.owners) {
    if (!isValidOwner(owner)) {
      fail(`the owner "${owner}"`, 'An owner is an e-mail address, or "team:" followed by a name.');
    }
  }
  for (const [tag, value] of Object.entries(attributes.tags)) {
    if (!isValidTag(tag, value)) {
      fail(
        `the tag ${JSON.stringify(tag)}: ${JSON.stringify(value)}`,
        "Tag keys and values have up to 63 letters, digits, '_', '-' and '.'; a key may have one namespace before a '/'.",
      );
    }
  }
  for (const kind of attributes.kinds) {
    if (!isValidKind(kind)) {
      fail(`the kind ${JSON.stringify(kind)}`, "A kind has 1 to 63 letters, digits, '_', '-' and '.'.");
    }
  }
  if (attributes.kinds.length > maxKinds) {
    fail(`${attributes.kinds.length} kinds`, `An asset may have at most ${maxKinds} kinds.`);
  }
  if (attributes.groupName !== null && !isValidGroupName(attributes.groupName)) {
    fail(
      `the group ${JSON.stringify(attributes.groupName)}`,
      "A group is one or more names of letters, digits and '_', joined by '/'.",
    );
  }
  const { automationCondition } = attributes;
  if (automationCondition !== null && !(automationCondition instanceof AutomationCondition)) {
    fail(
      "an automation condition of a wrong type",
      "Create it with a function of AutomationCondition, for example AutomationCondition.eager().",
    );
  }
}
