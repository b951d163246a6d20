import { postcodeNumber } from '../domain/postcode-number.ts';
import { parseByDay } from '../domain/recurrence.ts';
import type { Listing, Location, Schedule } from '../domain/service.ts';
import { nationalDigits } from '../domain/telephone/link.ts';
import { withoutEnd } from '../domain/trim.ts';
import { fold } from '../search/text/tokens.ts';
import { type NameWords, nameWordsOf } from './words.ts';

/** What tells a listing from others, prepared for comparing. */

export interface ProfilePlace {
  /** Without a space, in capitals; null where it has none. */
  postcode: string | null;
  /** Degrees, WGS84. */
  point: { latitude: number; longitude: number } | null;
  /** '12a' of '12a High Street'; null where the address names none. */
  number: string | null;
  name: NameWords;
  street: NameWords;
}

/** A meeting in the week: minutes from midnight; `day` is 0 for Monday, or a date for what happens once. */
export interface Meeting {
  day: number | string;
  opens: number | null;
  closes: number | null;
}

export interface Profile {
  id: string;
  /** What the feed that it was taken from calls it; null where it came by another way. */
  recordId: string | null;
  name: NameWords;
  /** The name, and what else the listing is called. */
  names: NameWords[];
  organizationId: string;
  organizationName: NameWords;
  /** Words of its venues and towns: where, not what. */
  where: ReadonlySet<string>;
  /** Words of its organization: by whom, not what. */
  who: ReadonlySet<string>;
  places: ProfilePlace[];
  phones: string[];
  emails: string[];
  /** Address of the page without its scheme, 'www.' and the slash at its end. */
  pages: string[];
  /** The hosts of its own pages and e-mail addresses, without those that anybody may use. */
  hosts: string[];
  charity: string | null;
  company: string | null;
  meetings: Meeting[];
  areas: ReadonlySet<string>;
  /** Online, by phone or at home: nobody goes there, so it has no place. */
  remote: boolean;
  source: string;
}

/** Hosts of mail and pages that anybody may use: two listings on one of them have nothing in common. */
const SHARED_HOSTS =
  /(^|\.)(gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|icloud|me|aol|btinternet|btopenworld|sky|talktalk|virginmedia|ntlworld|protonmail|facebook|fb|instagram|twitter|x|eventbrite|meetup|linktr|google|sites|wordpress|wixsite|weebly|blogspot|gov|nhs|achurchnearyou|youtube|bit|tinyurl)\.(com|co\.uk|net|me|ee|org|uk|ly|nhs\.uk|gov\.uk)$|(^|\.)(gov\.uk|nhs\.uk|nhs\.net|gov\.wales|gov\.scot)$/;

/** The digits of a telephone number that one subscriber has; null for a short number, which anybody may give. */
export function phoneDigits(number: string): string | null {
  const digits = nationalDigits(number);
  return digits !== null && digits.length >= 9 ? digits : null;
}

function pageOf(url: string): { page: string; host: string } | null {
  if (!URL.canParse(url)) return null;
  const { hostname, pathname, search } = new URL(url);
  const host = hostname.toLowerCase().replace(/^www\d?\./, '');
  return { host, page: `${host}${withoutEnd(pathname, '/')}${search}`.toLowerCase() };
}

const minutes = (clock: string | undefined): number | null =>
  clock === undefined ? null : Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));

function meetingsOf(schedule: Schedule): Meeting[] {
  const times = { opens: minutes(schedule.opens_at), closes: minutes(schedule.closes_at) };
  const days = new Set<number | string>(parseByDay(schedule.byday).map(({ weekday }) => weekday));
  if (schedule.freq === undefined && schedule.dtstart !== undefined) days.add(schedule.dtstart);
  return [...days].map((day) => ({ day, ...times }));
}

function placeOf(location: Location): ProfilePlace {
  const { address, latitude, longitude, name } = location;
  const postcode = address
    ? fold(address.postal_code)
        .toUpperCase()
        .replace(/[^A-Z0-9]/g, '')
    : '';
  const lines = [address?.address_1, address?.address_2].filter((line) => line !== undefined).join(' ');
  return {
    postcode: postcodeNumber(postcode) < 0 ? null : postcode,
    point: latitude === undefined || longitude === undefined ? null : { latitude, longitude },
    number: /(?:^|[\s,])(\d+[a-z]?)(?=[\s,]|$)/i.exec(lines)?.[1]?.toLowerCase() ?? null,
    name: nameWordsOf(name),
    street: nameWordsOf(lines),
  };
}

const distinct = <T>(items: readonly (T | null | undefined)[]): T[] => [
  ...new Set(items.filter((item): item is T => item !== null && item !== undefined)),
];

const sameWords = (a: NameWords, b: NameWords): boolean => a.words.join(' ') === b.words.join(' ');

/**
 * What tells a listing from others. A confidential venue is left out completely: nobody may find out where a refuge is
 * by entering listings and seeing what they are similar to.
 * @param recordId what the feed that it came from calls it
 */
export function profileOf({ service, organization, locations }: Listing, recordId: string | null = null): Profile {
  const open = locations.filter(({ confidential, location_type }) => !confidential && location_type === 'physical');
  const urls = distinct([service.url, organization.url]).flatMap((url) => pageOf(url) ?? []);
  const emails = distinct([service.email?.toLowerCase(), organization.email?.toLowerCase()]);
  const hosts = [...urls.map(({ host }) => host), ...emails.map((email) => email.slice(email.lastIndexOf('@') + 1))];
  const places = open.map(placeOf);
  const towns = open.flatMap(({ address }) => [address?.city, address?.state_province]);
  const name = nameWordsOf(service.name);
  const organizationName = nameWordsOf(organization.name);
  // Where the group, its organization and its house have one name, that name tells it from others.
  const unlessName = (words: NameWords) => (sameWords(words, name) ? [] : words.words);
  return {
    id: service.id,
    recordId,
    name,
    names: distinct([service.name, service.alternate_name]).map(nameWordsOf),
    organizationId: organization.id,
    organizationName,
    where: new Set([
      ...places.flatMap((place) => [...unlessName(place.name), ...unlessName(place.street)]),
      ...distinct(towns).flatMap((town) => nameWordsOf(town).words),
    ]),
    who: new Set(unlessName(organizationName)),
    places,
    phones: distinct(
      [...service.phones.map(({ number }) => number), organization.phone].map((number) =>
        number === undefined ? null : phoneDigits(number),
      ),
    ),
    emails,
    pages: urls.map(({ page }) => page),
    hosts: distinct(hosts.map((host) => (SHARED_HOSTS.test(host) ? null : host))),
    charity: organization.charity_number ?? null,
    company: organization.company_number ?? null,
    meetings: service.schedules.flatMap(meetingsOf),
    areas: new Set(service.service_areas.map(({ code }) => code)),
    remote: open.length === 0 && !service.attending_types.includes('in_person'),
    source: service.source.name,
  };
}
