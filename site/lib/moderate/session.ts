import type { APIContext, MiddlewareNext } from 'astro';
import { parse, serialize } from 'hono/utils/cookie';
import { siteAddress } from '#api/http/site-address.ts';
import { directory, settings } from '#api/instance.ts';
import { isOwnForm, type Moderator, moderatorOfSession } from '#api/moderate/sessions.ts';

/**
 * The door of the moderators' pages. Every page under /moderate but the sign-in is drawn only for a session, and every
 * form there is taken only where it carries that session's token: neither is left to the page.
 */

const COOKIE = 'signpost_moderator';
/** Pages that one comes to before there is a session. */
const OPEN = /^\/moderate\/?$|^\/moderate\/sign-in\/[\w-]+\/?$/;
/** What is shown in place of a form that is of another session, or of none. */
const STALE = '/moderate/stale';
/** What is shown in place of a form that whoever sent it may not send. */
const NOT_YOURS = '/moderate/not-yours';
/** Pages on which owners alone change something, and those on which everybody of the team changes what is their own. */
const OWNERS = /^\/moderate\/(settings|team)$/;
const OWN = /^\/moderate\/sessions$/;
/** The addresses to which signing in may lead back. */
const INSIDE = /^\/moderate\/[\w/-]+(\?[\w=&%.+-]*)?$/;

/** What a page is asked with. */
export type PageContext = Pick<APIContext, 'request' | 'url' | 'locals'>;

/** What the page needs of the one who moderates. @throws where the page is not behind the door */
export function moderatorOf({ locals }: Pick<PageContext, 'locals'>): Moderator {
  if (!locals.moderator) throw new Error('This page is not for moderators alone.');
  return locals.moderator;
}

/**
 * Whether somebody may send the forms of a page.
 * @param routePattern the page as Astro names it: an address can be written in many ways
 */
const mayChange = ({ role }: Moderator, routePattern: string): boolean =>
  OWN.test(routePattern) || role === 'owner' || (role === 'moderator' && !OWNERS.test(routePattern));

/** Whether whoever looks at a page may send its forms. */
export const mayChangeHere = (page: Pick<APIContext, 'locals' | 'routePattern'>): boolean =>
  mayChange(moderatorOf(page), page.routePattern);

/** The form that was sent to this page, already known to come from a page of this session; null where none was sent. */
export const formOf = ({ locals }: Pick<PageContext, 'locals'>): FormData | null => locals.form ?? null;

/** A field of a form, trimmed; empty where it is missing or no text. */
export const field = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
};

/** Lets those with a session through, with their form; leads everybody else to the sign-in. */
export async function guard(context: APIContext, next: MiddlewareNext): Promise<Response> {
  const { request, url, locals, routePattern } = context;
  // In place of a page that failed: it shows nothing of anybody, and the form has been read already.
  if (routePattern === '/500') return unlisted(await next());
  const moderator = sessionOf(request);
  if (moderator) locals.moderator = moderator;
  const open = OPEN.test(url.pathname);
  if (!open && !moderator) return unlisted(seeOther(signInAt(url)));
  if (moderator && request.method === 'POST' && !open) {
    const form = await formSent(request);
    if (!form || !isOwnForm(moderator, form.get('csrf')))
      return unlisted(await next(new Request(new URL(STALE, url), { headers: request.headers })));
    if (!mayChange(moderator, routePattern))
      return unlisted(await next(new Request(new URL(NOT_YOURS, url), { headers: request.headers })));
    locals.form = form;
  }
  return unlisted(await next());
}

/** The session that a request belongs to, or null. */
const sessionOf = (request: Request): Moderator | null =>
  moderatorOfSession(
    directory.db,
    parse(request.headers.get('cookie') ?? '', COOKIE)[COOKIE],
    settings.MODERATORS,
    directory.now(),
  );

/** Whether a request comes from a moderator who is signed in. */
export const isModerator = (request: Request): boolean => sessionOf(request) !== null;

/** What was sent; null where it is no form that can be read. */
async function formSent(request: Request): Promise<FormData | null> {
  try {
    return await request.formData();
  } catch {
    return null;
  }
}

/** No search engine shows it, no cache keeps it, on whatever way it left. */
function unlisted(response: Response): Response {
  response.headers.set('x-robots-tag', 'noindex, nofollow');
  response.headers.set('cache-control', 'no-store');
  return response;
}

/** The sign-in, which leads back to the page that was asked for. */
const signInAt = ({ pathname, search }: URL): string => {
  const next = inside(pathname + search);
  return next ? `/moderate?${new URLSearchParams({ next })}` : '/moderate';
};

/** An address of the moderators' pages; null for anything else, so that nobody is led astray. */
export const inside = (address: string | null): string | null =>
  address && address.length <= 500 && INSIDE.test(address) ? address : null;

/** Leads on after something was done, so that loading the page again does not do it again. */
export const seeOther = (location: string, headers: Record<string, string> = {}): Response =>
  new Response(null, { status: 303, headers: { location, ...headers } });

/** Leads on, with the session in the browser, or out of it where `secret` is null. */
export function withSession(location: string, secret: string | null, { request, url }: PageContext): Response {
  const cookie = serialize(COOKIE, secret ?? '', {
    path: '/moderate',
    httpOnly: true,
    sameSite: 'Lax',
    secure: siteAddress(settings, url, request.headers).startsWith('https:'),
    ...(secret === null ? { maxAge: 0 } : {}),
  });
  return seeOther(location, { 'set-cookie': cookie });
}
