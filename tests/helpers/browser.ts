import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { expect, inject } from 'vitest';
import type { Bench } from './browser-setup.ts';

/** How the page is looked at. */
export interface Looking {
  /** CSS pixels; 320 is the narrowest that WCAG 2.2 asks for. */
  width?: number;
  height?: number;
  javaScriptEnabled?: boolean;
  /** False: the site's scripts come empty, so that axe, itself a script, can look at the page as it is without them. */
  scripts?: boolean;
  forcedColors?: 'active' | 'none';
  reducedMotion?: 'reduce' | 'no-preference';
  /** Another site than the one that the files of a worker share. */
  at?: string;
  /** Other machines that the page may ask, where an operator has named them: 'http://127.0.0.1:41234'. */
  others?: readonly string[];
}

const RESULTS = join(import.meta.dirname, '../../test-results');

let connection: Promise<Browser> | undefined;

/** The site and the browser of this worker, which runs one test file after the other. */
export function bench(): Bench {
  const own = inject('benches')[Number(process.env['VITEST_POOL_ID']) - 1];
  if (!own) throw new Error(`There is nothing for worker ${process.env['VITEST_POOL_ID']}.`);
  return own;
}

/** Where the site stands that the browser tests look at. */
export const origin = (): string => bench().origin;

/**
 * What goes wrong in a browser without anybody seeing it: errors in scripts, what the content security policy refuses,
 * and whatever asks another machine than this one for anything.
 */
function watch(context: BrowserContext, known: readonly string[]): string[] {
  const problems: string[] = [];
  const here = (url: string) => known.some((origin) => url.startsWith(`${origin}/`)) || /^(data|blob|about):/.test(url);
  context.on('request', (request) => {
    if (!here(request.url())) problems.push(`The page asks another machine: ${request.url()}`);
  });
  context.on('weberror', ({ error }) => {
    problems.push(`An error in a script: ${error().message}`);
  });
  context.on('console', (message) => {
    if (message.type() !== 'error') return;
    const { url } = message.location();
    // The browser also tells of the page itself not being there, which is what some tests go to see.
    const frames = message.page()?.frames() ?? [];
    const ofPage = /^Failed to load resource/.test(message.text()) && frames.some((frame) => frame.url() === url);
    if (!ofPage) problems.push(`An error in the console: ${message.text()} (${url})`);
  });
  return problems;
}

/** What a failed test looked at: kept under test-results/. */
async function keep(pages: readonly Page[]): Promise<void> {
  mkdirSync(RESULTS, { recursive: true });
  const name = (expect.getState().currentTestName ?? 'page').replace(/[^a-z0-9]+/gi, '-').slice(0, 120);
  for (const [index, page] of pages.entries()) {
    await page.screenshot({ path: join(RESULTS, `${name}-${index}.png`), fullPage: true }).catch(() => {});
    writeFileSync(join(RESULTS, `${name}-${index}.html`), await page.content().catch(() => ''));
  }
}

/**
 * Opens an empty page in a browser of its own, without history, cookies or storage, hands it to the test, and closes it.
 * @throws where the test does, and where the browser met an error that nobody looked at
 */
export async function withPage(
  looking: Looking,
  test: (page: Page, context: BrowserContext) => Promise<void>,
): Promise<void> {
  const { width = 1280, height = 800, scripts = true, at = origin(), others = [], ...options } = looking;
  connection ??= chromium.connect(bench().browser);
  const context = await (await connection).newContext({
    baseURL: at,
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    viewport: { width, height },
    ...options,
  });
  context.setDefaultTimeout(15_000);
  if (!scripts)
    await context.route('**/*', (route) =>
      route.request().resourceType() === 'script'
        ? route.fulfill({ contentType: 'text/javascript', body: '' })
        : route.fallback(),
    );
  const problems = watch(context, [at, ...others]);
  try {
    await test(await context.newPage(), context);
    expect(problems).toEqual([]);
  } catch (error) {
    await keep(context.pages());
    throw error;
  } finally {
    await context.close();
  }
}

/** Pages of a PDF, as its own tree of pages counts them. */
export const pagesOf = (pdf: Buffer): number =>
  Math.max(
    ...[
      ...pdf
        .toString('latin1')
        .matchAll(/\/Type\s*\/Pages\b[^>]*?\/Count\s+(\d+)|\/Count\s+(\d+)[^>]*?\/Type\s*\/Pages\b/g),
    ].map((found) => Number(found[1] ?? found[2])),
  );
