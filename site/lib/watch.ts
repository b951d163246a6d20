import { packList, unpackList } from '#api/domain/handout-list.ts';
import { watching } from '#api/instance.ts';
import { isEmail } from '#api/submit/typed.ts';
import { confirmWatching, stopWatching, stopWatchingOne, type WatchLink, watchLink } from '#api/watch/answer.ts';
import { type Offer, offerOf, WatchDesk } from '#api/watch/ask.ts';
import { field, isTrapped } from './add.ts';
import { keeping } from './handout.ts';

/** The pages on which somebody asks to be told by mail when listings change, says yes to it, and stops it. */

const desk = new WatchDesk(watching);

/** The listings that an address of the page names. */
const wished = (params: URLSearchParams): string[] => unpackList(params.get('listings'));

/**
 * Where somebody asks to be told of changes.
 * @param params of the page that leads there: what was gathered is carried on
 */
export const watchHref = (ids: readonly string[], params: URLSearchParams): string =>
  keeping(`/watch?listings=${packList(ids)}`, params);

/** What can be told of the listings that an address names. */
export const watchOffer = (params: URLSearchParams): Offer => offerOf(watching, wished(params));

/** Takes a form in. @returns what is wrong with it; null where a mail was asked for, or a program filled it in */
export function askToWatch(form: FormData, params: URLSearchParams, client: string): 'email' | 'too_many' | null {
  const email = field(form, 'email');
  if (!isEmail(email)) return 'email';
  if (isTrapped(form)) return null;
  return desk.ask({ email, ids: wished(params), client }) === 'too_many' ? 'too_many' : null;
}

/** What a link of a mail opens. */
export const behindWatch = (key: string): WatchLink => watchLink(watching, key);

/**
 * Does what a form says that was sent to the page of a link. Mail programs stop with one press too (RFC 8058).
 * @returns where to go on; null where the page is to be shown
 */
export function pressWatch(key: string, form: FormData): string | null {
  if (field(form, 'List-Unsubscribe') === 'One-Click') {
    stopWatching(watching, key);
    return null;
  }
  const button = field(form, 'do');
  if (button === 'yes') {
    const page = confirmWatching(watching, key);
    return page && `${page}?said=yes`;
  }
  if (button === 'stop') stopWatching(watching, key);
  else if (field(form, 'out') !== '') stopWatchingOne(watching, key, field(form, 'out'));
  // What is no key may be any letters, and a header takes few.
  return `/watch/${encodeURIComponent(key)}`;
}
