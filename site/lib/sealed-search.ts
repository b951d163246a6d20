import { sealSearch, unsealSearch } from '#api/domain/sealed-search.ts';
import { secret, urgent } from '#api/instance.ts';

/**
 * What somebody types is as private as where they are. In the program a search is a set of plain parameters; in an address
 * its words, and the subjects that somebody near must not find in the history of a browser, stand sealed in one of them.
 */

/** The categories of a search, one by one: a parameter may be repeated or hold commas. */
const categoriesOf = (params: URLSearchParams): string[] =>
  params
    .getAll('category')
    .flatMap((value) => value.split(','))
    .map((code) => code.trim())
    .filter(Boolean);

/** Whether a category's name must stand in no address and no title. */
export const isPrivateCategory = (code: string): boolean => urgent.isPrivate('', [code]);

/** Whether parameters show in the open what an address keeps to itself. */
export const showsSearch = (params: URLSearchParams): boolean =>
  (params.get('q') ?? '').trim() !== '' || categoriesOf(params).some(isPrivateCategory);

/**
 * The parameters of an address in the open. What is typed anew counts before what came sealed; a seal that is not ours stays,
 * and is refused by the api.
 */
export function opened(params: URLSearchParams): URLSearchParams {
  const token = params.get('sealed');
  const inside = token ? unsealSearch(token, secret) : null;
  const next = new URLSearchParams(params);
  if (!inside) return next;
  if (!next.has('q') && inside.q !== '') next.set('q', inside.q);
  for (const code of inside.categories) if (!categoriesOf(next).includes(code)) next.append('category', code);
  return next;
}

/** The parameters as an address carries them. */
export function sealed(params: URLSearchParams): URLSearchParams {
  const q = (params.get('q') ?? '').trim();
  const categories = categoriesOf(params);
  const hidden = categories.filter(isPrivateCategory);
  const token = params.get('sealed');
  const next = new URLSearchParams(params);
  next.delete('q');
  if (hidden.length > 0) {
    next.delete('category');
    for (const code of categories) if (!hidden.includes(code)) next.append('category', code);
  }
  const inside = token ? unsealSearch(token, secret) : null;
  if (token && !inside) return next;
  next.delete('sealed');
  if (q === '' && hidden.length === 0) return next;
  // The seal of this page serves all links of it that look for the same.
  const same = inside?.q === q && inside.categories.join() === hidden.join();
  next.set('sealed', same && token ? token : sealSearch({ q, categories: hidden }, secret));
  return next;
}

/** An address of the site. */
export function addressOf(path: string, params: URLSearchParams): string {
  const shown = sealed(params);
  return shown.size > 0 ? `${path}?${shown}` : path;
}

/** Where all listings of a category stand. */
export const browseHref = (code: string): string =>
  `/browse/${isPrivateCategory(code) ? sealSearch({ q: '', categories: [code] }, secret) : code}`;

/** The category that an address of {@link browseHref} names; what it names itself where that is sealed for no category. */
export const browsedCategory = (named: string): string => unsealSearch(named, secret)?.categories[0] ?? named;
