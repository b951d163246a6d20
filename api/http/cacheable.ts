import { etag } from 'hono/etag';

/**
 * For what does not depend on a place: a tag made from the content, so that who asks again with it gets 304. Always to be
 * checked again, since a listing may change at any moment.
 */
export const cacheable = etag({ weak: true });
export const CHECK_AGAIN = { 'cache-control': 'public, no-cache' };
