import { defineMiddleware } from 'astro:middleware';
import { guard } from './lib/moderate/session.ts';
import { addressOf, showsSearch } from './lib/sealed-search.ts';

/** Pages that lead a postcode on, and what came beside it, to a sealed address. */
const LEADS_ON = /^\/(search|find)?\/?$/;

/**
 * All pages are open to everybody but those for moderators, which are behind one door. The page that says sorry stands in for
 * one that failed, under that one's address: by its own there is none. An address that shows what somebody looks for, as an
 * old bookmark may, leads to the same page under one that does not.
 */
export const onRequest = defineMiddleware((context, next) => {
  const { url, request } = context;
  if (/^\/500\/?$/.test(url.pathname)) return next('/404');
  if (/^\/moderate(\/|$)/.test(url.pathname)) return guard(context, next);
  const brought = url.searchParams.has('postcode');
  if (request.method === 'POST' || !showsSearch(url.searchParams) || (brought && LEADS_ON.test(url.pathname)))
    return next();
  const params = new URLSearchParams(url.searchParams);
  params.delete('postcode');
  return context.redirect(addressOf(url.pathname, params), 303);
});
