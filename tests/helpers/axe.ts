import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const SOURCE = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/**
 * One line for each element that breaks WCAG 2.2 A or AA on the page as it is now. It looks at one frame, which is all that
 * our pages have. Axe is put into the page by hand: the package that does it for Playwright sends a source twice as long,
 * and brings all that is right out of the page too, which takes three times as long.
 * @param without rules that cannot be judged as the page is looked at
 */
export async function barriersOn(page: Page, without: string[] = []): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(SOURCE);
  const rules = Object.fromEntries(without.map((rule) => [rule, { enabled: false }]));
  return page.evaluate(
    async (options) => {
      const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document, options);
      return violations.flatMap(({ id, help, nodes }) =>
        nodes.map(({ target, html }) => `${id}: ${help}: ${target.join(' ')} ${html.slice(0, 160)}`),
      );
    },
    // What it would load before is style sheets, for an experimental rule that is off, and sounds, of which we have none.
    { runOnly: TAGS, rules, resultTypes: ['violations' as const], preload: false },
  );
}

/** Fails with those lines, where there are any. */
export async function expectAccessible(page: Page, without: string[] = []): Promise<void> {
  expect(await barriersOn(page, without), `axe on ${page.url()}`).toEqual([]);
}
