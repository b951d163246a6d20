import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/**
 * Fails with one line for each element that breaks WCAG 2.2 A or AA on the page as it is now. It looks at one frame, which
 * is all that our pages have: for several, axe opens a second page each time to put the parts together.
 * @param without rules that cannot be judged as the page is looked at
 */
export async function expectAccessible(page: Page, without: string[] = []): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().withTags(TAGS).disableRules(without).analyze();
  const lines = violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}: ${node.target.join(' ')} ${node.html.slice(0, 160)}`),
  );
  expect(lines, `axe on ${page.url()}`).toEqual([]);
}
