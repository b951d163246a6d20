import type { Listing, Location, Schedule } from '../../api/domain/service.ts';
import { WEEKDAYS } from '../../api/domain/service.ts';
import type { Random } from '../api/search/random.ts';

/** How one and the same thing comes to be written in two directories. Each change takes the record and says it otherwise. */

const ABBREVIATED: readonly (readonly [RegExp, string])[] = [
  [/\bSaint\b/, 'St'],
  [/\bSt\b\.?(?= [A-Z])/, 'Saint'],
  [/\bCentre\b/, 'Ctr'],
  [/\bCentre\b/, 'Center'],
  [/\bCommunity\b/, 'Comm'],
  [/\bAssociation\b/, 'Assoc.'],
  [/\bUnited Reformed Church\b/, 'URC'],
  [/\bMethodist\b/, 'Meth.'],
  [/ and /, ' & '],
  [/ & /, ' and '],
  [/\bGroup\b/, 'Grp'],
];

const SHORT_STREETS: readonly (readonly [RegExp, string])[] = [
  [/\bRoad\b/i, 'Rd'],
  [/\bStreet\b/i, 'St'],
  [/\bAvenue\b/i, 'Ave'],
  [/\bLane\b/i, 'Ln'],
  [/\bRd\b/i, 'Road'],
  [/\bClose\b/i, 'Cl'],
];

const swap = (text: string, random: Random, table: readonly (readonly [RegExp, string])[]): string => {
  const fitting = table.filter(([from]) => from.test(text));
  if (fitting.length === 0) return text;
  const [from, to] = random.pick(fitting);
  return text.replace(from, to);
};

/** A letter left out, doubled, or swapped with its neighbour, in a word of five letters or more. */
function misspell(text: string, random: Random): string {
  const words = [...text.matchAll(/[A-Za-z]{5,}/g)];
  if (words.length === 0) return text;
  const word = random.pick(words);
  const at = (word.index ?? 0) + 1 + random.below(word[0].length - 2);
  const [letter = '', next = ''] = [text[at], text[at + 1]];
  const wrong = random.pick(['', letter + letter, next + letter]);
  return text.slice(0, at) + wrong + text.slice(at + (wrong === next + letter ? 2 : 1));
}

/** 'Library, Skipton' of 'Skipton Library'. */
function turned(text: string, random: Random): string {
  const words = text.split(' ');
  if (words.length < 2 || words.length > 6) return text;
  const cut = 1 + random.below(words.length - 1);
  return [...words.slice(cut), ...words.slice(0, cut)].join(' ');
}

const DROPPED = /\s+(Club|Group|Centre|Hub|Project|Community|Church|Hall|Morning|Session|CIC|Ltd)\b/i;

export function renamed(name: string, { locations }: Listing, random: Random): string {
  const [place] = locations;
  const town = place?.address?.city ?? '';
  const way = random.below(10);
  if (way < 2) return name;
  if (way === 2) return misspell(name, random);
  if (way === 3) return swap(name, random, ABBREVIATED);
  if (way === 4) return turned(name, random);
  if (way === 5 && place && place.name !== name) return `${name} at ${place.name}`;
  if (way === 6 && /^[A-Z][a-z]+$/.test(town) && !name.includes(town)) return `${name}, ${town}`;
  if (way === 7 && name.split(' ').length > 2) return name.replace(DROPPED, '');
  if (way === 8) return misspell(swap(name, random, ABBREVIATED), random);
  return random.pick([
    name.toUpperCase(),
    `The ${name}`,
    `${name} (drop-in)`,
    `Warm space: ${name}`,
    misspell(name, random),
  ]);
}

/** Metres to degrees, as far as a town goes. */
const moved = (place: Location, metres: number, random: Random): Location => {
  if (place.latitude === undefined || place.longitude === undefined) return place;
  const angle = random.next() * Math.PI * 2;
  const far = random.next() * metres;
  return {
    ...place,
    latitude: place.latitude + (Math.sin(angle) * far) / 111_200,
    longitude: place.longitude + (Math.cos(angle) * far) / (111_200 * Math.cos((place.latitude * Math.PI) / 180)),
  };
};

export function readdressed(place: Location, random: Random): Location {
  const { address } = place;
  const way = random.below(10);
  let there = moved(place, way === 0 ? 250 : way < 6 ? 60 : 5, random);
  if (random.chance(0.15)) {
    const { latitude: _, longitude: __, ...unplaced } = there;
    if (address) there = unplaced;
  }
  if (!address) return there;
  const last = address.postal_code.at(-1) ?? '';
  const changes = [
    () => ({ ...address, address_1: swap(address.address_1, random, SHORT_STREETS) }),
    // The house on one line, the street on the next.
    () => ({ ...address, address_1: place.name.slice(0, 120), address_2: address.address_1 }),
    () => ({ ...address, address_1: address.address_1.replace(/^\d+[a-z]?,? /i, '') || address.address_1 }),
    () => ({ ...address, address_1: misspell(address.address_1, random) }),
    () => ({ ...address, city: 'Unknown' }),
    () => ({ ...address, postal_code: address.postal_code.replace(' ', '').toLowerCase() }),
    // The next unit of the same street.
    () => ({ ...address, postal_code: address.postal_code.slice(0, -1) + (last === 'B' ? 'D' : 'B') }),
    () => address,
    () => undefined,
  ];
  const other = random.pick(changes)();
  if (other) return { ...there, address: other };
  const { address: _, ...bare } = there;
  return bare.latitude === undefined ? place : bare;
}

export function reformatted(number: string, random: Random): string {
  const digits = number.replace(/\D/g, '');
  return random.pick([
    number,
    digits,
    `+44 ${digits.slice(1, 5)} ${digits.slice(5)}`,
    `+44 (0)${digits.slice(1)}`,
    `${digits.slice(0, 5)} ${digits.slice(5)}`,
    `(${digits.slice(0, 5)}) ${digits.slice(5, 8)} ${digits.slice(8)}`,
  ]);
}

const later = (time: string | undefined, minutes: number): string | undefined => {
  if (time === undefined) return undefined;
  const at = Math.max(0, Math.min(23 * 60 + 55, Number(time.slice(0, 2)) * 60 + Number(time.slice(3)) + minutes));
  return `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
};

export function retimed(schedules: readonly Schedule[], random: Random): Schedule[] {
  const way = random.below(20);
  if (way < 9) return [...schedules];
  if (way < 13) {
    const minutes = random.pick([-60, -30, 30, 60]);
    return schedules.map((it) => ({ ...it, opens_at: later(it.opens_at, minutes) }));
  }
  if (way < 16 && schedules.length > 1) return schedules.filter((_, at) => at !== random.below(schedules.length));
  if (way < 19) return [];
  // Moved to another day.
  return schedules.map((it) => ({
    ...it,
    byday: it.byday?.replace(/[A-Z]{2}/g, (day) => WEEKDAYS[(WEEKDAYS.indexOf(day as 'MO') + 2) % 7] ?? day),
  }));
}
