import type { Profile, ProfilePlace } from './profile.ts';
import { skeleton, weightOf } from './words.ts';

/**
 * The keys under which a listing is kept and looked up, so that only listings with something in common are compared: a
 * telephone number, an e-mail address, a page, a number in a register; a postcode; a point; a word of its name in one
 * part of the country; its whole name. Words are kept by their consonants, so that a misspelt one is found.
 */

/** Degrees: about 170 metres, and about 2 km, on either side. */
const NEAR_CELL = { latitude: 0.0015, longitude: 0.0025 };
const FAR_CELL = { latitude: 0.018, longitude: 0.03 };

/** 52 bits of a string (FNV-1a, twice, from two beginnings). */
function hash(text: string): number {
  let low = 0x811c9dc5;
  let high = 0x050c5d1f;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ code, 0x01000193) ^ (low >>> 13);
  }
  return (high & 0xfffff) * 2 ** 32 + (low >>> 0);
}

type Cell = { latitude: number; longitude: number };

/** The cell of a point, and with `reach` 1 its eight neighbours too. */
function cells({ point }: ProfilePlace, size: Cell, reach: 0 | 1): string[] {
  if (!point) return [];
  const row = Math.floor(point.latitude / size.latitude);
  const column = Math.floor(point.longitude / size.longitude);
  const found: string[] = [];
  for (let y = row - reach; y <= row + reach; y++)
    for (let x = column - reach; x <= column + reach; x++) found.push(`${y},${x}`);
  return found;
}

/** The consonants of the words that tell which thing is meant; where all words are common ones, of all. */
function tellingWords({ names }: Profile): string[] {
  const all = new Set(names.flatMap(({ words }) => words));
  const telling = [...all].filter((word) => weightOf(word) === 1);
  return (telling.length > 0 ? telling : [...all]).map(skeleton);
}

function keys(profile: Profile, reach: 0 | 1): Set<string> {
  const found = new Set<string>();
  for (const phone of profile.phones) found.add(`p${phone}`);
  for (const email of profile.emails) found.add(`e${email}`);
  for (const page of profile.pages) found.add(`w${page}`);
  if (profile.charity) found.add(`c${profile.charity}`);
  if (profile.company) found.add(`k${profile.company}`);
  const words = tellingWords(profile);
  for (const { words: own } of profile.names) found.add(`n${own.map(skeleton).sort().join(' ')}`);
  for (const place of profile.places) {
    if (place.postcode) found.add(`z${place.postcode}`);
    for (const cell of cells(place, NEAR_CELL, reach)) found.add(`f${cell}`);
    for (const cell of cells(place, FAR_CELL, reach)) for (const word of words) found.add(`t${word}@${cell}`);
  }
  // A listing without a place is looked up by its words among all listings, and by all words among those without a
  // place.
  const nowhere = profile.places.length === 0;
  for (const word of words) {
    if (nowhere || reach === 0) found.add(`u${word}`);
    if (nowhere || reach === 1) found.add(`v${word}`);
  }
  return found;
}

/** The keys under which a listing is kept. */
export const matchKeysOf = (profile: Profile): number[] => [...new Set([...keys(profile, 0)].map(hash))];

/** The keys under which those that may be the same are looked for: its own, and those of the neighbouring cells. */
export const keysToLookFor = (profile: Profile): number[] => [...new Set([...keys(profile, 1)].map(hash))];
