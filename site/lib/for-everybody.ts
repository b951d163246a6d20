import type { AstroGlobal } from 'astro';

/** As the API says it of what is the same whoever asks. */
const FOR_EVERYBODY = 'public, no-cache';

/**
 * Says of the page at hand that it is the same for everybody, so that it may be kept, here and in browsers, until something
 * changes. Not where its address carries anything of a person: a place, words, what is gathered. A page must not say so
 * that holds a sealed part of its own, a form with a token, or what somebody near must not find that another has read.
 */
export function sameForEverybody({ url, response }: Pick<AstroGlobal, 'url' | 'response'>): void {
  if ([...url.searchParams.keys()].every((name) => name === 'page'))
    response.headers.set('cache-control', FOR_EVERYBODY);
}
