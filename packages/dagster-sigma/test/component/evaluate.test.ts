import { AssetSpec } from "@dagster-sigma/asset-graph";
import { describe, expect, it } from "vitest";
import { fileScope } from "../../src/component/scope/file-scope.ts";
import { specScope } from "../../src/component/scope/spec-scope.ts";
import { evaluate } from "../../src/component/template/evaluate.ts";
import { parseTemplate } from "../../src/component/template/expression.ts";
import { pythonText } from "../../src/component/template/python-text.ts";

const scope = {
  ...fileScope({ variables: { HOME_OF: "x" }, projectRoot: "/project" }),
  spec: () => specScope("spec", new AssetSpec({ key: ["a", "b"], description: "Text", tags: { t: "1" } })),
};

const render = (text: string): string =>
  parseTemplate(text)
    .map((part) => pythonText(evaluate(part, scope)))
    .join("");

describe("a template", () => {
  it.each([
    ["{{ spec.key.path[-1] }}", "b"],
    ["{{ spec.key.path[0:1] }}", "['a']"],
    ["{{ spec.key }}", "AssetKey(['a', 'b'])"],
    ["{{ spec.tags.t ~ 3 }}", "13"],
    ["{{ spec.tags.get('x', 'none') }}", "none"],
    ["{{ 'a' in spec.key.path and not false }}", "True"],
    ["{{ env.HOME_OF }}/{{ env('NOT_THERE', 'd') }}", "x/d"],
    ["{{ context.project_root }}/x", "/project/x"],
    ["{{ 7 // 2 }} {{ -7 % 3 }} {{ 1.5 * 2 }}", "3 2 3"],
    ["{{ 'a,b'.split(',')[1] | upper }}", "B"],
    ["{{ spec.nothing is defined }}", "False"],
    ["{{ spec.group_name is none }}", "True"],
    ["{{ [3, 1] | sort | join('-') }}", "1-3"],
  ])("evaluates %s", (text, expected) => {
    expect(render(text)).toBe(expected);
  });

  it.each([
    "{{ spec.constructor }}",
    "{{ spec.constructor.constructor('return process')() }}",
    "{{ ''.constructor }}",
    "{{ ''['constructor'] }}",
    "{{ {}.constructor }}",
    "{{ {}['__proto__'] }}",
    "{{ [].constructor }}",
    "{{ spec.key.path.constructor }}",
    "{{ spec.__class__.__mro__ }}",
    "{{ spec.key.to_user_string.constructor }}",
    "{{ dg.AutomationCondition.constructor }}",
    "{{ dg.AutomationCondition.eager.call() }}",
    "{{ env.constructor.name }}",
    "{{ process.exit(1) }}",
    "{{ require('fs') }}",
    "{{ import('fs') }}",
    "{{ globalThis }}",
    "{{ cycler.__init__.__globals__.os.popen('id') }}",
    "{{ ''.__class__.__base__.__subclasses__() }}",
    "{{ spec | attr('constructor') }}",
    "{{ context.load_component('x') }}",
    "{{ datetime.datetime.now() }}",
    "{{ 'a' * 1000000000 }}",
    "{{ 10 ** 10 ** 10 }}",
  ])("reaches nothing of JavaScript or Python: %s", (text) => {
    expect(() => render(text)).toThrow();
  });
});
