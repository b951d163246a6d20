import { version } from '#api/instance.ts';
import { Markup, markup } from '../markup.ts';
import type { DrawnResults } from './page.ts';

/**
 * What stands around the results on every page of them: it is drawn once, with marks in place of title and results, and kept
 * until anything changes in the directory. It is drawn from no search, so that nothing of any can be in it.
 */

const TITLE_MARK = 'title-of-the-page';
const BODY_MARK = '<!--results-->';

/** In place of results, to be drawn by Astro. */
export const emptyResults = (map: boolean): DrawnResults => ({
  title: TITLE_MARK,
  leave: false,
  body: [new Markup(BODY_MARK)],
  map,
});

/** The page before, between and after title and results. */
type Frame = readonly [head: string, middle: string, foot: string];

const kept = new Map<boolean, Frame>();
let state = '';

/**
 * Puts results into the frame: the same as Astro draws around them for an address where nothing is gathered, piece by piece.
 * @param draw draws {@link emptyResults}
 */
export async function framed(
  { title, body, map }: DrawnResults,
  draw: () => Promise<string>,
): Promise<readonly string[]> {
  const now = version();
  if (state !== now) {
    kept.clear();
    state = now;
  }
  let frame = kept.get(map);
  if (!frame) {
    frame = frameIn(await draw());
    if (version() === now) kept.set(map, frame);
  }
  const [head, middle, foot] = frame;
  return [head, markup`${title}`.html, middle, ...body.map(({ html }) => html), foot];
}

function frameIn(html: string): Frame {
  const [head, rest, again] = html.split(TITLE_MARK);
  const [middle, foot] = rest?.split(BODY_MARK) ?? [];
  if (head === undefined || middle === undefined || foot === undefined || again !== undefined)
    throw new Error('The page of results was drawn without its marks.');
  return [head, middle, foot];
}
