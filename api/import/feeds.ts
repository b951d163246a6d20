import { isIP } from 'node:net';
import type { Directory } from '../directory/directory.ts';
import type { HomeArea } from '../domain/service-area.ts';
import { choicesInWords } from '../geocode/area-answer.ts';
import { homeNamed } from '../geocode/home-area.ts';
import {
  addFeed,
  countImported,
  type Feed,
  type FeedLimit,
  feedAt,
  findFeed,
  removeFeed,
  updateFeed,
} from '../store/feeds.ts';
import { isPrivateAddress } from './fetch/addresses.ts';
import { habitsAgreed } from './harvest-limits.ts';
import { toBeReadWhole } from './harvest-reach.ts';

/** Registering feeds, pausing and taking them off: what the moderators' page and the command do. */

interface FeedForm {
  name: string;
  url: string;
  licence: string;
  every_hours: string;
  /** The area where it is at home; '' to have it guessed. */
  home: string;
  /** The area that it is limited to; '' to take in all that it has. */
  within: string;
}

interface FeedFault {
  field: keyof FeedForm;
  words: string;
}

export const EVERY_HOURS = 24;

type Store = Pick<Directory, 'db' | 'now'>;

/** What is wrong with what was typed; empty where nothing is. */
function faultsOf(form: FeedForm, allowPrivate: boolean): FeedFault[] {
  const faults: FeedFault[] = [];
  const { name, url, licence, every_hours: every } = form;
  if (name.trim() === '')
    faults.push({ field: 'name', words: 'Say whose directory it is: people see this as the source of its listings.' });
  else if (name.length > 120) faults.push({ field: 'name', words: 'Give a name of at most 120 characters.' });
  const wrong = wrongUrl(url.trim(), allowPrivate);
  if (wrong !== null) faults.push({ field: 'url', words: wrong });
  if (licence.length > 120)
    faults.push({ field: 'licence', words: 'Give the licence in at most 120 characters, such as CC BY 4.0.' });
  if (!/^\d+$/.test(every.trim()) || Number(every) < 1 || Number(every) > 720)
    faults.push({ field: 'every_hours', words: 'Say after how many hours it is asked again: a number from 1 to 720.' });
  const home = readHome(form.home);
  if (typeof home === 'string') faults.push({ field: 'home', words: home });
  const within = readLimit(form.within);
  if (typeof within === 'string') faults.push({ field: 'within', words: within });
  return faults;
}

/** The home area that was typed, null where nothing was; or a sentence on what to write. */
function readHome(typed: string): HomeArea | null | string {
  if (typed.trim() === '') return null;
  const home = homeNamed(typed);
  if (!('kind' in home)) return home;
  return home.kind === 'several'
    ? `Several areas are called ‘${home.name}’. Write ${choicesInWords(home.choices)}.`
    : `‘${home.name}’ is no area that is known here. Write a council area or a county, such as Hackney or Derbyshire.`;
}

/** The area that was typed as a limit, null where nothing was; or a sentence on what to write. */
function readLimit(typed: string): FeedLimit | null | string {
  const area = readHome(typed);
  if (area === null || typeof area === 'string') return area;
  if (area.districts.length === 0) return 'Write a council area, a county or a region, such as Hackney or Derbyshire.';
  return { name: area.name, districts: area.districts };
}

function wrongUrl(url: string, allowPrivate: boolean): string | null {
  if (!URL.canParse(url)) return 'Give the address of the feed, such as https://directory.example.org/api.';
  const { protocol, hostname, username, password } = new URL(url);
  if (!['https:', 'http:', 'webcal:'].includes(protocol))
    return 'The address of the feed begins with https:// or http://.';
  if (username !== '' || password !== '') return 'The address must not hold a password: it is shown to others.';
  const host = hostname.replace(/^\[|\]$/g, '');
  const closed = isIP(host) !== 0 ? isPrivateAddress(host) : /^localhost$|\.(localhost|local|internal)$/i.test(host);
  if (closed && !allowPrivate) return 'That address is in a private network, where this server does not ask.';
  return null;
}

/**
 * Registers a feed, to be harvested at once and then by itself. One that is there already is brought up to date.
 * @returns the feed, or what is wrong
 */
export function registerFeed(
  { db, now }: Store,
  form: FeedForm,
  allowPrivate: boolean,
): { feed: Feed } | { faults: FeedFault[] } {
  const faults = faultsOf(form, allowPrivate);
  if (faults.length > 0) return { faults };
  const it = {
    name: form.name.trim(),
    url: form.url.trim(),
    licence: form.licence.trim() || null,
    every_hours: Number(form.every_hours),
    state: 'active' as const,
    // Where nothing is typed, the one that was guessed or typed before stays.
    ...(form.home.trim() !== '' && { home: readHome(form.home) as HomeArea }),
    ...(form.within.trim() !== '' && { within: readLimit(form.within) as FeedLimit }),
  };
  const known = feedAt(db, it);
  if (known === null) return { feed: addFeed(db, it, now().toISOString()) };
  const habits = toBeReadWhole(known.habits);
  updateFeed(db, known.id, { ...it, ...(it.within && { habits }), next_at: now().toISOString() });
  return { feed: findFeed(db, known.id) as Feed };
}

/**
 * Says where a feed is at home; with nothing typed it is guessed at the next harvest. The listings are read anew by then.
 * @returns what is wrong with what was typed, or null
 */
export function setFeedHome({ db, now }: Store, id: string, typed: string): string | null {
  const home = readHome(typed);
  if (typeof home === 'string') return home;
  updateFeed(db, id, { home, next_at: now().toISOString() });
  return null;
}

/**
 * Says to which area a feed is limited; with nothing typed, to none. What lies outside is taken away at the next harvest,
 * which reads all of it.
 * @returns what is wrong with what was typed, or null
 */
export function setFeedLimit({ db, now }: Store, id: string, typed: string): string | null {
  const within = readLimit(typed);
  if (typeof within === 'string') return within;
  const feed = findFeed(db, id);
  if (feed)
    updateFeed(db, id, { within, habits: toBeReadWhole(feed.habits), progress: null, next_at: now().toISOString() });
  return null;
}

/** Harvests nothing more until it is resumed. */
export const pauseFeed = ({ db }: Store, id: string): void => updateFeed(db, id, { state: 'paused' });

/** Harvests it again from now on. One that was held for the number of its listings may bring more of them then. */
export function resumeFeed({ db, now }: Store, id: string): void {
  const feed = findFeed(db, id);
  if (feed) updateFeed(db, id, { state: 'active', next_at: now().toISOString(), habits: habitsAgreed(feed.habits) });
}

/** Has the running server harvest it at its next look, which is within seconds. */
export const harvestSoon = ({ db, now }: Store, id: string): void =>
  updateFeed(db, id, { next_at: now().toISOString() });

/**
 * Takes a feed off. Its listings stay: a feed that has brought any is kept as their source, and is not asked again.
 * @returns whether it is gone from the list
 */
export function takeOffFeed({ db }: Store, id: string): boolean {
  if (countImported(db, id).listings > 0) {
    updateFeed(db, id, { state: 'by_hand', progress: null });
    return false;
  }
  removeFeed(db, id);
  return true;
}
