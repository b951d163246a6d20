import { signIn } from '../../api/moderate/sessions.ts';
import { closeStore, openStore } from '../../api/store/open.ts';
import { personOf } from '../../api/store/people.ts';
import { NOW } from './clock.ts';
import type { Site } from './site.ts';

/** Somebody who uses the running site by plain requests, as a browser without scripts does. */
export interface Visitor {
  get(path: string): Promise<Answer>;
  /** Sends a form to a page, with the token of the session, also where whoever has it is shown no form there. */
  post(path: string, fields: Record<string, string | string[]>): Promise<Answer>;
}

/** What came back; redirects are not followed. */
interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** Where it leads on to; '' where it does not. */
  to: string;
}

const tokenIn = ({ text }: Answer): string | undefined => /name="csrf" value="([^"]+)"/.exec(text)?.[1];

/** @param cookie what is sent as the cookie header; '' for none */
export function visitor(origin: string, cookie = ''): Visitor {
  const headers: Record<string, string> = cookie === '' ? {} : { cookie };
  const answer = async (response: Response): Promise<Answer> => ({
    status: response.status,
    headers: response.headers,
    text: await response.text(),
    to: response.headers.get('location') ?? '',
  });
  const get = async (path: string) => answer(await fetch(origin + path, { headers, redirect: 'manual' }));
  return {
    get,
    async post(path, fields) {
      const csrf = cookie === '' ? undefined : (tokenIn(await get(path)) ?? tokenIn(await get('/moderate/sessions')));
      const body = new URLSearchParams(csrf === undefined ? [] : [['csrf', csrf]]);
      for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) body.append(name, one);
      return answer(await fetch(origin + path, { method: 'POST', headers, body, redirect: 'manual' }));
    },
  };
}

/**
 * The cookie of a moderator: their session is written into the file, as the sign-in by mail would.
 * @param moment where the clock of the site stands
 */
export function sessionCookie(site: Pick<Site, 'database'>, email: string, moment = NOW): string {
  const db = openStore(site.database);
  const now = new Date(moment);
  const secret = signIn(db, personOf(db, email, now), 'Firefox on Linux', now);
  closeStore(db);
  return `signpost_moderator=${secret}`;
}

/** A moderator who is signed in. */
export const moderator = (site: Pick<Site, 'origin' | 'database'>, email: string, moment = NOW): Visitor =>
  visitor(site.origin, sessionCookie(site, email, moment));
