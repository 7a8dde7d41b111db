import { ConfigurationError } from "@dagster-sigma/foundation";
import type { AssetSpecTransform, DagsterSigmaTranslator } from "./dagster-sigma-translator.ts";

/**
 * Returns the translator of the option.
 *
 * @throws ConfigurationError `TRANSLATOR_INVALID` for a class, or anything that is not a translator
 */
export function checkTranslator(
  translator: DagsterSigmaTranslator | AssetSpecTransform,
): DagsterSigmaTranslator | AssetSpecTransform {
  const given: unknown = translator;
  if (typeof given === "function") {
    if (!isClass(given)) return translator;
    const name = given.name || "MyTranslator";
    throw invalid(`the class ${name} instead of an instance`, `Write \`new ${name}()\`.`);
  }
  const isTranslator =
    typeof given === "object" &&
    given !== null &&
    "getAssetSpec" in given &&
    typeof given.getAssetSpec === "function";
  if (isTranslator) return translator;
  throw invalid(
    given === null ? "null" : `a value of type ${typeof given}`,
    "Pass an instance of a subclass of DagsterSigmaTranslator, or a function (spec, data) => spec.",
  );
}

function isClass(value: object): boolean {
  return /^class\b/.test(Function.prototype.toString.call(value));
}

function invalid(what: string, hint: string): ConfigurationError {
  const message = `The option dagsterSigmaTranslator got ${what}.`;
  return new ConfigurationError({ code: "TRANSLATOR_INVALID", message, hint });
}
