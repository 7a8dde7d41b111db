import { describe, expect, it } from "vitest";
import { AnswerBudget, AnswerShare } from "../src/http/answer-budget.ts";

function sharesOf(budget: AnswerBudget, order: string[]): (name: string, bytes: number) => AnswerShare {
  return (name, bytes) => {
    const share = new AnswerShare(budget);
    if (share.add(bytes, () => order.push(name))) order.push(`${name} at once`);
    return share;
  };
}

describe("the memory that bodies in flight share", () => {
  it("lets one waiting body proceed while it is above its limit, and all when it is not", () => {
    const order: string[] = [];
    const add = sharesOf(new AnswerBudget(100), order);
    const first = add("first", 150);
    const second = add("second", 60);
    add("third", 60);
    add("fourth", 1);
    first.release();
    expect(order).toEqual(["first at once", "second"]);
    second.release();
    expect(order).toEqual(["first at once", "second", "third", "fourth"]);
  });

  it("may be used up to its limit", () => {
    const order: string[] = [];
    const budget = new AnswerBudget(100);
    const add = sharesOf(budget, order);
    add("first", 58);
    add("second", 40);
    const third = add("third", 10);
    add("fourth", 1);
    add("fifth", 1);
    expect(order).toEqual(["first at once", "second at once", "third at once"]);
    third.release();
    expect(budget.heldBytes).toBe(100);
    expect(order.slice(3)).toEqual(["fourth", "fifth"]);
  });
});
