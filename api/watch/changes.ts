import { WITHHELD } from '../domain/private-address.ts';
import type { Listing, Location, Service } from '../domain/service.ts';
import { shortenText } from '../domain/shorten.ts';
import { completeListing } from '../store/documents.ts';
import { changesBetween } from '../submit/compare.ts';

/**
 * What has changed of a listing for somebody who goes there, in plain words: when, where, for how much, whether there is room,
 * how to join. What is kept to know that is what was public of just that. Both states are put in words by the program of
 * today, so that neither a new wording nor anything that the program works out by itself (a point, a category, a date of a
 * check) makes a change.
 */

/** What is kept of a service. */
const KEPT = [
  'name',
  'status',
  'schedules',
  'schedule_description',
  'attending_types',
  'cost_options',
  'join',
  'application_process',
  'phones',
  'email',
  'url',
  'availability',
] as const satisfies readonly (keyof Service)[];

/** The fields of a comparison (submit/compare.ts) that are told, and whether with what was there before. */
const TOLD: Readonly<Record<string, boolean>> = {
  name: true,
  status: true,
  sessions: true,
  schedule_note: false,
  attending: true,
  venue: true,
  cost: true,
  join: true,
  application_process: false,
  phones: true,
  email: true,
  url: true,
  availability: true,
};

/** A text of some paragraphs is not told whole. */
const MOST_CHARACTERS = 240;

/** What was public of a listing, as far as it is told when it changes. */
export interface Shown {
  service: Partial<Service> & Pick<Service, 'name'>;
  locations: Partial<Location>[];
}

/** What is kept of a listing. Of a place that is kept private nothing is. */
export function shownOf({ service, locations }: Listing): Shown {
  const kept = Object.fromEntries(
    KEPT.flatMap((field) => (service[field] === undefined ? [] : [[field, service[field]]])),
  );
  return {
    service: { ...kept, name: service.name },
    locations: locations
      .filter(({ confidential }) => !confidential)
      .map(({ id, name, address }) => ({ id, name, ...(address && { address }) })),
  };
}

/** The listing as it was: what is kept of it, the rest as it is. */
function formerly(shown: Shown, listing: Listing): Listing {
  const rest = Object.fromEntries(
    Object.entries(listing.service).filter(([field]) => !(KEPT as readonly string[]).includes(field)),
  );
  return completeListing({
    ...listing,
    service: { ...rest, ...shown.service },
    locations: shown.locations,
  }) as Listing;
}

const inOrder = (words: string): string => words.split('\n').sort().join('\n');

/** Some lines as parts of a sentence. */
const inBrief = (words: string): string =>
  shortenText(
    words
      .split('\n')
      .flatMap((line) => line.trim() || [])
      .join('; '),
    MOST_CHARACTERS,
  );

/**
 * A line for each thing that has changed: 'When: Thursdays, 10:30am to 12 noon (before: Tuesdays …)'.
 * @param filled whether it counts, too, that something is said now of which nothing was said
 */
export function changedWords(shown: Shown, listing: Listing, filled: boolean): string[] {
  const now = { ...listing, locations: listing.locations.filter(({ confidential }) => !confidential) };
  return (
    changesBetween(formerly(shown, now), now)
      .filter(({ field, before, after }) => field in TOLD && inOrder(before) !== inOrder(after))
      .filter(({ before }) => filled || before !== '')
      // That an address was taken out which is private now is no news.
      .filter(({ before, after }) => before.includes(WITHHELD) || !after.includes(WITHHELD))
      .map(({ field, label, before, after }) => {
        const is = after === '' ? 'no longer said' : inBrief(after);
        return `${label}: ${is}${TOLD[field] && before !== '' ? ` (before: ${inBrief(before)})` : ''}`;
      })
  );
}
