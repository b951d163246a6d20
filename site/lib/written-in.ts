import { UNDETERMINED } from '#api/domain/languages/written.ts';

/** How words in some language are marked on a page of another. */

/**
 * The `lang` of an element within a page: none where it is the page's own language; empty, which HTML knows for 'nobody can
 * tell', where it is not known.
 * @param tag BCP 47, of the words
 * @param page BCP 47, of the page around them
 */
export function langOf(tag: string, page = 'en'): string | undefined {
  if (tag === page) return undefined;
  return tag === UNDETERMINED ? '' : tag;
}
