import type { Locator, Page } from "playwright-core";

/** Uses a page as a person does, and counts what the person does: a click, a key, a text that is typed, a choice in a list. */
export class Actor {
  readonly page: Page;
  actions = 0;

  constructor(page: Page) {
    this.page = page;
  }

  async click(target: Locator): Promise<void> {
    this.actions++;
    await target.click();
  }

  async press(key: string): Promise<void> {
    this.actions++;
    await this.page.keyboard.press(key);
  }

  /** Types into a field; that it has to be clicked first is a part of it. */
  async type(field: Locator, text: string): Promise<void> {
    this.actions++;
    await field.click();
    await field.fill(text);
  }

  async choose(list: Locator, label: string): Promise<void> {
    this.actions++;
    await list.selectOption({ label });
  }
}
