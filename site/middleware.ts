import { defineMiddleware } from 'astro:middleware';
import { guard } from './lib/moderate/session.ts';

/**
 * All pages are open to everybody but those for moderators, which are behind one door. The page that says sorry stands in for
 * one that failed, under that one's address: by its own there is none.
 */
export const onRequest = defineMiddleware((context, next) => {
  const { pathname } = context.url;
  if (/^\/500\/?$/.test(pathname)) return next('/404');
  return /^\/moderate(\/|$)/.test(pathname) ? guard(context, next) : next();
});
