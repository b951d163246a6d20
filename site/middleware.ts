import { defineMiddleware } from 'astro:middleware';
import { guard } from './lib/moderate/session.ts';

/** All pages are open to everybody but those for moderators, which are behind one door. */
export const onRequest = defineMiddleware((context, next) =>
  /^\/moderate(\/|$)/.test(context.url.pathname) ? guard(context, next) : next(),
);
