/**
 * What somebody chose to keep in this browser: lists of listings under names, and, where they want that, the words that they
 * searched for lately. No place and nothing of a person is in it, and nothing of it is ever sent.
 */

export interface KeptList {
  name: string;
  /** Packed ids, as the addresses of this site carry them. */
  list: string;
}

interface Kept {
  lists: KeptList[];
  /** The last words searched for, the newest first; null while nobody wants them kept. */
  recent: string[] | null;
}

const KEY = 'signpost-kept';
const NOTHING: Kept = { lists: [], recent: null };
const MOST_LISTS = 100;
export const MOST_NAME = 80;
const MOST_RECENT = 8;
const MOST_WORDS = 80;
const PACKED_LIST = /^[\w-]{22}(?:\.[\w-]{22}){0,9}$/;
/** What looks like a postcode is a place, and not kept: 'choir E8 1EA'. */
const HAS_PLACE = /\d/;

const textOf = (value: unknown, most: number): string => (typeof value === 'string' ? value.trim().slice(0, most) : '');

/** The lists in what a file or the store holds; null where it is nothing of the kind. */
export function listsIn(text: string): KeptList[] | null {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    return null;
  }
  const lists = (given as { lists?: unknown } | null)?.lists;
  if (!Array.isArray(lists)) return null;
  return lists.slice(0, MOST_LISTS).flatMap((each: unknown) => {
    const { name, list } = (each ?? {}) as { name?: unknown; list?: unknown };
    const called = textOf(name, MOST_NAME);
    return called !== '' && typeof list === 'string' && PACKED_LIST.test(list) ? [{ name: called, list }] : [];
  });
}

function read(): Kept {
  let text: string | null = null;
  try {
    text = localStorage.getItem(KEY);
  } catch {
    return NOTHING;
  }
  if (text === null) return NOTHING;
  const lists = listsIn(text);
  if (lists === null) return NOTHING;
  const { recent } = JSON.parse(text) as { recent?: unknown };
  const words = Array.isArray(recent)
    ? recent.map((each) => textOf(each, MOST_WORDS)).filter((each) => each !== '')
    : null;
  return { lists, recent: words?.slice(0, MOST_RECENT) ?? null };
}

/** @returns false where the browser keeps nothing */
function write(kept: Kept): boolean {
  try {
    if (kept.lists.length === 0 && kept.recent === null) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, JSON.stringify(kept));
    return true;
  } catch {
    return false;
  }
}

export const keptLists = (): KeptList[] => read().lists;

/** The last words searched for; null where they are not to be kept. */
export const recentWords = (): string[] | null => read().recent;

/**
 * Keeps a list under a name, in place of one of that name.
 * @returns false where the browser keeps nothing, or no more of them
 */
export function keepList(list: KeptList): boolean {
  const kept = read();
  const others = kept.lists.filter(({ name }) => name !== list.name);
  return others.length < MOST_LISTS && write({ ...kept, lists: [...others, list] });
}

/** Takes lists in, each in place of one of its name. @returns how many were kept */
export const takeIn = (lists: readonly KeptList[]): number => lists.filter(keepList).length;

export function forgetList(name: string): void {
  const kept = read();
  write({ ...kept, lists: kept.lists.filter((list) => list.name !== name) });
}

/** Whether the words of searches are kept from now on; where not, those that are there go. */
export function keepRecent(wanted: boolean): boolean {
  const kept = read();
  return write({ ...kept, recent: wanted ? (kept.recent ?? []) : null });
}

/** Keeps the words of a search, where that is wanted and they hold no figures, as a postcode does. */
export function noteWords(words: string): void {
  const kept = read();
  const text = words.trim();
  if (kept.recent === null || text === '' || text.length > MOST_WORDS || HAS_PLACE.test(text)) return;
  write({ ...kept, recent: [text, ...kept.recent.filter((each) => each !== text)].slice(0, MOST_RECENT) });
}

export const forgetAll = (): boolean => write(NOTHING);
