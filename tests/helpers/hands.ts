import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** Filling in forms as people do. */

/** Goes on with the Tab key until something has the focus. */
export async function reach(page: Page, target: Locator): Promise<void> {
  for (let steps = 0; steps < 120; steps++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Nobody comes to ${target} by keyboard.`);
}

/** How a person answers a form. */
export interface Hand {
  type(label: string | RegExp, text: string): Promise<void>;
  tick(label: string | RegExp, within?: string): Promise<void>;
  choose(label: string, option: string): Promise<void>;
  press(name: string | RegExp): Promise<void>;
}

/** A field of text by its label. */
export const fieldOf = (page: Page, label: string | RegExp): Locator =>
  page.getByRole('textbox', { name: label, ...(typeof label === 'string' ? { exact: true } : {}) }).first();
const choiceOf = (page: Page, label: string | RegExp, within?: string): Locator => {
  const from = within ? page.getByRole('group', { name: within }) : page;
  const name = { name: label, ...(typeof label === 'string' ? { exact: true } : {}) };
  return from.getByRole('radio', name).or(from.getByRole('checkbox', name)).first();
};
const actionOf = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('main').getByRole('button', { name }).or(page.getByRole('main').getByRole('link', { name })).first();

/** Answers with the keyboard alone, and finds out whether one comes to everything by it. */
export const byKeyboard = (page: Page): Hand => ({
  async type(label, text) {
    await reach(page, fieldOf(page, label));
    await page.keyboard.type(text);
  },
  async tick(label, within) {
    const choice = choiceOf(page, label, within);
    // Of radios, Tab comes to the one that is chosen; the arrows go on from there.
    const radios = (await choice.getAttribute('type')) === 'radio';
    if (!radios) {
      await reach(page, choice);
      await page.keyboard.press('Space');
      return;
    }
    const all = page.locator(`input[name="${await choice.getAttribute('name')}"]`);
    const first =
      (await all.and(page.locator(':checked')).count()) > 0 ? all.and(page.locator(':checked')) : all.first();
    await reach(page, first.first());
    await page.keyboard.press('Space');
    for (let steps = 0; steps < 20 && !(await choice.isChecked()); steps++) await page.keyboard.press('ArrowDown');
    expect(await choice.isChecked()).toBe(true);
  },
  async choose(label, option) {
    await reach(page, page.getByRole('combobox', { name: label, exact: true }));
    await page.keyboard.type(option);
  },
  async press(name) {
    const action = actionOf(page, name);
    await reach(page, action);
    await page.keyboard.press('Enter');
  },
});

/** Answers as a test does where the keyboard is not what it is about. */
export const quickly = (page: Page): Hand => ({
  type: (label, text) => fieldOf(page, label).fill(text),
  tick: (label, within) => choiceOf(page, label, within).check(),
  choose: async (label, option) => {
    await page.getByRole('combobox', { name: label, exact: true }).selectOption({ label: option });
  },
  press: (name) => actionOf(page, name).click(),
});
