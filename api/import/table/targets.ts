import type { TableColumn } from '../csv/column.ts';
import { TABLE_COLUMNS } from '../csv/columns.ts';
import { columnCalled } from '../csv/headings.ts';
import { plainText } from '../csv/values.ts';

/** What a column of somebody's own table can be: one of the template's, or a part of one. */

/**
 * Parts of what the template has in one column, where other tables have several columns, or several things in one.
 * row-cells.ts makes template columns of them.
 */
const PARTS = {
  day: 'day or date',
  time: 'time (beside a day)',
  starts: 'starts at',
  ends: 'ends at',
  often: 'how often',
  ages: 'ages, from and to',
  contact: 'phone, e-mail or web, mixed',
  more: 'add to the description',
  keeper: 'e-mail of who looks after it (not published)',
} as const;
export type Part = keyof typeof PARTS;

/** A column of the template by its name, or a part; '' is left out. */
export type Target = string;

const isPart = (target: Target): target is Part => Object.hasOwn(PARTS, target);

/** Columns that say whose row it is, or who checked it. Only exports that come back have them. */
const NOT_OFFERED = new Set(['id', 'written in', 'checked by']);

/** All that can be chosen, with the words for it, in the order of the template. */
export const TARGETS: readonly { target: Target; words: string }[] = [
  ...TABLE_COLUMNS.filter(({ name }) => !NOT_OFFERED.has(name)).map(({ name }) => ({ target: name, words: name })),
  ...Object.entries(PARTS).map(([target, words]) => ({ target, words })),
];

const KNOWN = new Set(TARGETS.map(({ target }) => target));

/** Whether something that was chosen, or remembered, is a target today. */
export const isTarget = (target: unknown): target is Target =>
  typeof target === 'string' && (target === '' || KNOWN.has(target));

/** The column of the template that a target is; null for a part. */
export const columnOfTarget = (target: Target): TableColumn | null =>
  isPart(target) ? null : (TABLE_COLUMNS.find(({ name }) => name === target) ?? null);

/** Headings of councils' and charities' own sheets, beside those that the template takes already. */
const HEADINGS: Readonly<Record<Target, readonly string[]>> = {
  name: [
    'activity',
    'activity name',
    'group',
    'group name',
    'club',
    'class',
    'service',
    'service name',
    'title',
    'event',
    'project',
    'name of group',
    'name of activity',
    'name of service',
    'session name',
    'what',
  ],
  organisation: [
    'organiser',
    'organizer',
    'provider name',
    'delivered by',
    'lead organisation',
    'host',
    'charity',
    'who runs it',
    'agency',
    'organisation group',
    'name of organisation',
    'run by',
  ],
  summary: ['in short', 'short description', 'brief description', 'strapline'],
  description: [
    'details',
    'about',
    'info',
    'information',
    'what happens',
    'what is it',
    'activity details',
    'activity description',
    'service description',
    'description of activity',
    'description of service',
    'further information',
  ],
  categories: [
    'theme',
    'themes',
    'topic',
    'activity type',
    'service type',
    'type of activity',
    'type of service',
    'type of group',
    'category theme',
    'main category',
  ],
  'who it is for': [
    'target group',
    'target audience',
    'for whom',
    'who is it for',
    'client group',
    'suitable for',
    'who can attend',
    'who for',
    'aimed at',
  ],
  'only for': ['open only to', 'gender'],
  'youngest age': ['min age', 'minimum age', 'age from'],
  'oldest age': ['max age', 'maximum age', 'age to'],
  cost: ['cost per session', 'charges', 'fees', 'how much', 'price per session', 'entry', 'cost £', 'price £', '£'],
  venue: ['where', 'venue location', 'building', 'site', 'location name', 'name of venue', 'centre', 'where it meets'],
  address: [
    'venue address',
    'full address',
    'address of venue',
    'location address',
    'where it is held',
    'address and postcode',
  ],
  'address line 2': ['address line 3'],
  town: ['town city', 'village', 'city town'],
  postcode: ['venue postcode', 'p code', 'pcode', 'postcode of venue', 'location postcode'],
  'getting there': ['travel', 'transport links', 'how to get there', 'bus routes'],
  when: [
    'day and time',
    'days and times',
    'day time',
    'days times',
    'date and time',
    'dates and times',
    'session times',
    'timings',
    'meeting times',
    'meets',
    'day s and time s',
  ],
  day: ['day', 'days', 'day of week', 'day of the week', 'weekday', 'day s', 'date', 'dates'],
  time: ['time', 'times', 'session time'],
  starts: ['start', 'starts', 'start time', 'time from', 'from', 'begins', 'time start'],
  ends: ['end', 'ends', 'end time', 'finish', 'finishes', 'finish time', 'time to', 'to', 'until', 'time end'],
  often: ['frequency', 'how often', 'recurrence', 'pattern', 'regularity'],
  ages: ['age', 'ages', 'age range', 'age group', 'age groups'],
  'area served': [
    'catchment',
    'catchment area',
    'area s served',
    'areas covered',
    'covers',
    'serves',
    'area of benefit',
  ],
  'how to join': [
    'how to access',
    'referral route',
    'access route',
    'how to book',
    'drop in or booking',
    'drop in or book',
    'booking or drop in',
  ],
  languages: ['languages spoken', 'language spoken', 'community languages'],
  'step-free access': ['wheelchair access', 'wheelchair accessible', 'step free access', 'level access'],
  'accessible toilet': ['disabled toilet', 'accessible wc', 'disabled wc', 'accessible toilets'],
  'hearing loop': ['induction loop', 'loop'],
  parking: ['car park', 'parking available', 'car parking'],
  phone: [
    'tel no',
    'telephone no',
    'telephone number',
    'phone no',
    'contact number',
    'contact no',
    'contact phone',
    'contact telephone',
    'mobile number',
    'landline',
    'tel number',
    'contact tel',
    'tel mobile',
    'enquiries phone',
  ],
  email: ['contact email', 'email contact', 'general email', 'contact e mail', 'e mail address', 'enquiries email'],
  'web page': ['website address', 'webpage', 'weblink', 'web link', 'website url', 'www', 'more info link', 'facebook'],
  contact: [
    'contact details',
    'contact info',
    'contact information',
    'how to contact',
    'enquiries',
    'contacts',
    'for more information',
  ],
  'last checked': [
    'last verified',
    'verified',
    'date last checked',
    'date verified',
    'reviewed',
    'last reviewed',
    'details confirmed',
    'date confirmed',
  ],
  'charity number': ['reg charity no', 'registered charity no', 'charity reg no', 'reg charity number'],
};

/** Headings of what is not published: whoever is named there was not asked. */
const OF_A_PERSON = new Set(
  [
    'contact name',
    'contact person',
    'named contact',
    'name of contact',
    'lead contact',
    'coordinator',
    'leader',
    'keeper',
    'organiser name',
    'tutor',
    'instructor',
  ].map(plainText),
);

/** A heading of e-mail addresses of those who run a listing, which are asked and not published; in plain words. */
const isKeepersAddress = (plain: string): boolean =>
  /\be ?mails?\b/.test(plain) &&
  /\b(keepers?|organi[sz]ers?|leaders?|private|internal|admin|confidential|not (for publication|published|public|to be published))\b/.test(
    plain,
  );

const byHeading = new Map(
  Object.entries(HEADINGS).flatMap(([target, headings]) =>
    headings.map((heading) => [plainText(heading), target] as const),
  ),
);

/** Words of a heading that say nothing of what is under it: 'Name of venue (if known)', 'Cost (£)'. */
const ASIDE = /\([^()]{0,80}\)|\[[^[\]]{0,80}\]|[*:?]/g;

/** What a heading alone says that its column is; null where it says nothing that is known. */
export function targetOfHeading(heading: string): Target | null {
  for (const said of [heading, heading.replace(ASIDE, ' ')]) {
    const plain = plainText(said);
    if (plain === '') continue;
    if (OF_A_PERSON.has(plain)) return '';
    if (isKeepersAddress(plain)) return 'keeper';
    const target = byHeading.get(plain) ?? columnCalled(said)?.name;
    if (target !== undefined && isTarget(target)) return target;
  }
  return null;
}
