import { ATTENDING_TYPES, JOINS, KINDS, PAIN_FRIENDLY, type Service } from '../../domain/service.ts';
import { TAXONOMY_TERMS } from '../../domain/taxonomy.ts';
import {
  ASSURED_BY_LABELS,
  ATTENDING_LABELS,
  AVAILABILITY_LABELS,
  describeCost,
  describeLanguage,
  JOIN_LABELS,
  KIND_LABELS,
  KIND_LABELS_ONE,
  PAIN_FRIENDLY_LABELS,
  STATUS_LABELS,
} from '../../domain/words.ts';
import { readArea, writeArea } from './areas.ts';
import { type Column, type Draft, NotRead, partsOf, serviceText, textOf } from './column.ts';
import { readCosts } from './costs.ts';
import {
  choice,
  emailAddress,
  namesOf,
  phoneNumber,
  plain,
  triState,
  ukDate,
  webAddress,
  wholeNumber,
  writtenDate,
} from './values.ts';

/** The columns of what a listing is: everything but its venues, its sessions and its organization. */

const KIND_NAMES = namesOf(KIND_LABELS, KIND_LABELS_ONE);
const ATTENDING_NAMES = namesOf(ATTENDING_LABELS, {
  in_person: 'face to face',
  online: 'zoom',
  phone: 'telephone',
  at_home: 'at home',
});
const JOIN_NAMES = namesOf(JOIN_LABELS, {
  drop_in: 'drop in',
  book: 'booking needed',
  self_refer: 'self referral',
  professional_referral: 'referral',
});
const STATUS_NAMES = namesOf(STATUS_LABELS);
const AVAILABILITY_NAMES = namesOf(AVAILABILITY_LABELS);
const ASSURED_NAMES = namesOf(ASSURED_BY_LABELS, {
  organization: 'organisation',
  moderator: 'directory',
  source: 'source',
});
const CATEGORY_NAMES = new Map(
  TAXONOMY_TERMS.flatMap(({ code, name }) => [
    [plain(code), code],
    [plain(name), code],
  ]),
);
const CATEGORIES = TAXONOMY_TERMS.map(({ name }) => name);

let languages: Map<string, string> | null = null;

/** Names of languages to their tags, in the words in which pages name them. */
function languageNames(): Map<string, string> {
  if (languages) return languages;
  languages = new Map();
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];
  const named = letters
    .flatMap((a) => letters.flatMap((b) => [`${a}${b}`, ...letters.map((c) => `${a}${b}${c}`)]))
    .map((tag) => [tag, describeLanguage(tag)] as const)
    .filter(([, name]) => !name.startsWith('Another language'));
  const add = (name: string, tag: string) => languages?.has(name) || languages?.set(name, tag);
  for (const [tag, name] of named) add(plain(name), tag);
  // 'Kurdish' is a language of its own, 'Farsi' is all that anybody says of 'Farsi (Persian)'.
  for (const [tag, name] of named) {
    add(plain(name.replace(/ ?\(.*\)/, '')), tag);
    add(tag, tag);
  }
  languages.set('bsl', 'bfi').set('mandarin', 'cmn').set('cantonese', 'yue').set('chinese', 'zh').set('farsi', 'fa');
  return languages;
}

/** The parts of a list in which commas may stand between things or within one ('Arts, music and crafts'). */
const listOf = <T>(cell: string, names: ReadonlyMap<string, T>): string[] =>
  partsOf(cell).flatMap((part) =>
    names.has(plain(part))
      ? [part]
      : part
          .split(',')
          .map((piece) => piece.trim())
          .filter(Boolean),
  );

const distinct = <T>(items: readonly T[]): T[] => [...new Set(items)];

/** A column of one of a few choices. */
const chosen = <T extends string>(
  column: Omit<Column, 'read' | 'write'>,
  labels: Readonly<Record<T, string>>,
  names: ReadonlyMap<string, T>,
  get: (service: Service) => T | undefined,
  set: (draft: Draft, value: T) => void,
): Column => ({
  ...column,
  write: ({ service }) => {
    const value = get(service);
    return value === undefined ? '' : labels[value];
  },
  read(cell, draft) {
    set(draft, choice(cell, names, Object.values(labels)));
    return undefined;
  },
});

/** A column of yes, no or unknown. */
const ticked = (
  column: Omit<Column, 'read' | 'write' | 'example'>,
  get: (service: Service) => string,
  set: (draft: Draft, value: 'yes' | 'no' | 'unknown') => void,
): Column => ({
  ...column,
  help: `${column.help} Yes, no or unknown.`,
  example: 'yes',
  write: ({ service }) => get(service),
  read(cell, draft) {
    set(draft, triState(cell));
    return undefined;
  },
});

const age = (which: 'minimum_age' | 'maximum_age', name: string, example: string): Column => ({
  name,
  help: 'In years.',
  example,
  write: ({ service }) => String(service.eligibility[which] ?? ''),
  read(cell, { service }) {
    service.eligibility = { restrictions: [], ...service.eligibility, [which]: wholeNumber(cell, 0, 120) };
    return undefined;
  },
  clear({ service }) {
    if (service.eligibility) delete service.eligibility[which];
  },
});

const NO_PRACTICE = Object.fromEntries(
  PAIN_FRIENDLY.map((practice) => [practice, 'unknown']),
) as Service['pain_friendly'];

export const WHAT: readonly Column[] = [
  {
    name: 'id',
    help: 'The number under which the directory has the listing. Leave it as it is, and leave it empty for a new listing.',
    example: '',
    write: ({ service }) => service.id,
    read: () => undefined,
  },
  serviceText('name', 160, {
    name: 'name',
    also: ['listing', 'service', 'service name', 'activity', 'title'],
    help: 'What the group or service is called.',
    example: 'Seated exercise',
    required: true,
    optional: false,
  }),
  serviceText('alternate_name', 160, {
    name: 'also known as',
    also: ['alternate name', 'other name'],
    help: 'Another name that people use.',
    example: 'Chair gym',
  }),
  serviceText('summary', 180, {
    name: 'summary',
    also: ['in one line'],
    help: 'One line, up to 180 characters.',
    example: 'Gentle movement in a chair, with tea afterwards.',
    optional: false,
  }),
  serviceText('description', 6000, {
    name: 'description',
    also: ['about', 'details', 'what happens'],
    help: 'What happens there, in plain words. No markup.',
    example: 'We move to music for 40 minutes. Most of it can be done sitting down.',
    optional: false,
  }),
  chosen(
    {
      name: 'kind',
      also: ['type'],
      help: `One of: ${KINDS.map((kind) => KIND_LABELS_ONE[kind]).join('; ')}.`,
      example: KIND_LABELS_ONE.activity,
      required: true,
    },
    KIND_LABELS_ONE,
    KIND_NAMES,
    (service) => service.kind,
    ({ service }, kind) => {
      if (kind === 'clinical' && service.kind !== 'clinical')
        throw new NotRead(
          'A clinical service has criteria and referral routes that a spreadsheet cannot hold. Add it by another way.',
        );
      service.kind = kind;
    },
  ),
  {
    name: 'categories',
    also: ['category', 'taxonomy', 'tags'],
    help: 'Up to six, the most fitting first, a semicolon between them. The page about adding listings names them all.',
    example: 'Sport and movement; Older people',
    required: true,
    write: ({ service }) =>
      service.taxonomy_terms.map((code) => TAXONOMY_TERMS.find((term) => term.code === code)?.name ?? code).join('; '),
    read(cell, { service }) {
      service.taxonomy_terms = distinct(
        listOf(cell, CATEGORY_NAMES).map((name) => choice(name, CATEGORY_NAMES, CATEGORIES)),
      );
      if (service.taxonomy_terms.length > 6) throw new NotRead('Name at most six categories.');
      return undefined;
    },
  },
  {
    name: 'how people take part',
    also: ['attending', 'mode', 'online or in person', 'delivery'],
    help: `One or more of: ${ATTENDING_TYPES.map((type) => ATTENDING_LABELS[type]).join('; ')}. Empty with a venue: in person.`,
    example: 'In person; Online',
    write: ({ service }) => service.attending_types.map((type) => ATTENDING_LABELS[type]).join('; '),
    read(cell, { service }) {
      service.attending_types = distinct(
        listOf(cell, ATTENDING_NAMES).map((name) => choice(name, ATTENDING_NAMES, Object.values(ATTENDING_LABELS))),
      );
      return undefined;
    },
  },
  {
    name: 'who it is for',
    also: ['eligibility', 'audience'],
    help: 'In plain words.',
    example: 'Adults with long-term pain',
    write: ({ service }) => service.eligibility.description ?? '',
    read(cell, { service }) {
      service.eligibility = { restrictions: [], ...service.eligibility, description: textOf(cell, 1000) };
      return undefined;
    },
    clear({ service }) {
      if (service.eligibility) delete service.eligibility.description;
    },
  },
  age('minimum_age', 'youngest age', '18'),
  age('maximum_age', 'oldest age', ''),
  {
    name: 'only for',
    also: ['restrictions'],
    help: 'Who it is kept for, if it is: women only; carers. A semicolon between several.',
    example: '',
    write: ({ service }) => service.eligibility.restrictions.join('; '),
    read(cell, { service }) {
      const restrictions = partsOf(cell).map((part) => textOf(part, 80));
      if (restrictions.length > 5) throw new NotRead('Name at most five.');
      service.eligibility = { ...service.eligibility, restrictions };
      return undefined;
    },
    clear({ service }) {
      if (service.eligibility) service.eligibility.restrictions = [];
    },
  },
  {
    name: 'cost',
    also: ['price', 'fee', 'charge'],
    help: 'Free, donation, or an amount; a semicolon between several. Leave it empty if you do not know.',
    example: '£3; £1.50 concession',
    write: ({ service }) => (service.cost_options.length === 0 ? '' : describeCost(service.cost_options)),
    read(cell, { service }) {
      service.cost_options = readCosts(cell);
      return undefined;
    },
    clear({ service }) {
      service.cost_options = [];
    },
  },
];

export const JOINING: readonly Column[] = [
  {
    name: 'area served',
    also: ['areas served', 'service area', 'area covered', 'coverage'],
    help: 'Only if it is for people who live in certain areas: a council, a nation, or the first part of a postcode. A semicolon between several. Empty: open to everybody.',
    example: 'Hackney',
    write: ({ service }) => service.service_areas.map(writeArea).join('; '),
    read(cell, { service }) {
      service.service_areas = partsOf(cell).map(readArea);
      return undefined;
    },
    clear({ service }) {
      service.service_areas = [];
    },
  },
  {
    name: 'how to join',
    also: ['joining', 'booking', 'referral'],
    help: `One or more of: ${JOINS.map((join) => JOIN_LABELS[join]).join('; ')}.`,
    example: JOIN_LABELS.drop_in,
    write: ({ service }) => service.join.map((join) => JOIN_LABELS[join]).join('; '),
    read(cell, { service }) {
      service.join = distinct(
        listOf(cell, JOIN_NAMES).map((name) => choice(name, JOIN_NAMES, Object.values(JOIN_LABELS))),
      );
      return undefined;
    },
    clear({ service }) {
      service.join = [];
    },
  },
  serviceText('application_process', 1000, {
    name: 'joining in words',
    also: ['application process', 'how to apply'],
    help: 'How to join, in your own words.',
    example: 'Ring Sam to say that you are coming.',
  }),
  serviceText('first_visit', 1000, {
    name: 'first visit',
    help: 'What the first visit is like.',
    example: 'Somebody meets you at the door.',
  }),
  {
    name: 'languages',
    also: ['language'],
    help: 'Spoken there, a semicolon between several.',
    example: 'English; Turkish',
    write: ({ service }) => service.languages.map(describeLanguage).join('; '),
    read(cell, { service }) {
      const names = languageNames();
      const shown = [
        'English',
        'Turkish',
        'Polish',
        'Bengali',
        'Urdu',
        'Arabic',
        'Somali',
        'Welsh',
        'Gujarati',
        'Punjabi',
        'Romanian',
        'Portuguese',
        'Spanish',
        'French',
        'British Sign Language',
      ];
      service.languages = distinct(listOf(cell, names).map((name) => choice(name, names, shown)));
      return undefined;
    },
    clear({ service }) {
      service.languages = [];
    },
  },
  ticked(
    { name: 'interpreter', help: 'Whether an interpreter can be there.' },
    ({ interpreter }) => interpreter,
    ({ service }, answer) => {
      service.interpreter = answer;
    },
  ),
  ticked(
    { name: 'carer welcome', also: ['companion welcome'], help: 'Whether a carer or companion may come too.' },
    ({ carer_welcome }) => carer_welcome,
    ({ service }, answer) => {
      service.carer_welcome = answer;
    },
  ),
  ...PAIN_FRIENDLY.map((practice) =>
    ticked(
      { name: PAIN_FRIENDLY_LABELS[practice].toLowerCase(), help: 'For people who live with pain.' },
      ({ pain_friendly }) => pain_friendly[practice],
      ({ service }, answer) => {
        service.pain_friendly = { ...NO_PRACTICE, ...service.pain_friendly, [practice]: answer };
      },
    ),
  ),
  chosen(
    { name: 'availability', help: 'Open, Waiting list, Full or Paused.', example: 'Open' },
    AVAILABILITY_LABELS,
    AVAILABILITY_NAMES,
    ({ availability }) => availability.state,
    ({ service }, state) => {
      service.availability = { ...service.availability, state };
    },
  ),
  {
    name: 'availability until',
    help: 'The last day of a waiting list, or of being full or paused.',
    example: '',
    write: ({ service }) => writtenDate(service.availability.until),
    read(cell, { service, today }) {
      service.availability = { state: 'open', ...service.availability, until: ukDate(cell, today) };
      return undefined;
    },
    clear({ service }) {
      if (service.availability) delete service.availability.until;
    },
  },
  {
    name: 'availability note',
    help: 'A line about it.',
    example: '',
    write: ({ service }) => service.availability.note ?? '',
    read(cell, { service }) {
      service.availability = { state: 'open', ...service.availability, note: textOf(cell, 200) };
      return undefined;
    },
    clear({ service }) {
      if (service.availability) delete service.availability.note;
    },
  },
  ticked(
    { name: 'safeguarding policy', also: ['safeguarding'], help: 'Whether there is one.' },
    ({ safeguarding_policy }) => safeguarding_policy,
    ({ service }, answer) => {
      service.safeguarding_policy = answer;
    },
  ),
];

export const CONTACT: readonly Column[] = [
  {
    name: 'phone',
    also: ['telephone', 'tel', 'phone number', 'mobile'],
    help: 'A semicolon between several; what a number is for in brackets.',
    example: '020 7946 0037; 07700 900123 (text only)',
    write: ({ service }) =>
      service.phones.map(({ number, description }) => (description ? `${number} (${description})` : number)).join('; '),
    read(cell, { service }) {
      const repairs: string[] = [];
      service.phones = partsOf(cell).map((part) => {
        const [, typed = '', description] = /^(.*?)(?:\s*\(([^()]*[^\d()\s][^()]*)\))?$/.exec(part) ?? [];
        const { number, repair } = phoneNumber(typed.trim());
        if (repair) repairs.push(repair);
        return description ? { number, description: textOf(description, 80) } : { number };
      });
      if (service.phones.length > 5) throw new NotRead('Write at most five numbers.');
      return repairs[0];
    },
    clear({ service }) {
      service.phones = [];
    },
  },
  {
    name: 'email',
    also: ['e mail', 'email address'],
    help: 'One address.',
    example: 'hello@example.org',
    write: ({ service }) => service.email ?? '',
    read(cell, { service }) {
      const { email, repair } = emailAddress(cell);
      service.email = email;
      return repair;
    },
    clear({ service }) {
      delete service.email;
    },
  },
  {
    name: 'web page',
    also: ['website', 'web site', 'url', 'web', 'link', 'web address'],
    help: 'The page about this listing.',
    example: 'https://www.example.org/seated-exercise',
    write: ({ service }) => service.url ?? '',
    read(cell, { service }) {
      const { url, repair } = webAddress(cell);
      service.url = url;
      return repair;
    },
    clear({ service }) {
      delete service.url;
    },
  },
  serviceText('contact_title', 80, {
    name: 'contact',
    also: ['contact role', 'contact title'],
    help: 'Whom to ask for, by role and not by name.',
    example: 'Class organiser',
  }),
];

export const STANDING: readonly Column[] = [
  chosen(
    { name: 'status', help: `One of: ${Object.values(STATUS_LABELS).join('; ')}.`, example: STATUS_LABELS.active },
    STATUS_LABELS,
    STATUS_NAMES,
    ({ status }) => status,
    ({ service }, status) => {
      service.status = status;
    },
  ),
  {
    name: 'last checked',
    also: ['assured date', 'checked', 'date checked'],
    help: 'The day on which somebody last made sure that all of this is right. Empty: today.',
    example: '01/09/2026',
    write: ({ service }) => writtenDate(service.assured_date),
    read(cell, { service, today }) {
      const date = ukDate(cell, today);
      if (date > today) throw new NotRead(`‘${cell}’ is still to come: write the day on which it was checked.`);
      service.assured_date = date;
      delete service.checked;
      return undefined;
    },
  },
  chosen(
    {
      name: 'checked by',
      help: `One of: ${Object.values(ASSURED_BY_LABELS).join('; ')}.`,
      example: ASSURED_BY_LABELS.organization,
    },
    ASSURED_BY_LABELS,
    ASSURED_NAMES,
    ({ assured_by }) => assured_by,
    ({ service }, by) => {
      service.assured_by = by;
    },
  ),
  {
    name: 'source',
    help: 'Who made the list that this comes from. Empty: the name given when the file is brought in.',
    example: 'Hackney CVS',
    write: ({ service }) => service.source.name,
    read(cell, { service }) {
      service.source = { ...service.source, name: textOf(cell, 160) };
      return undefined;
    },
  },
  {
    name: 'licence',
    also: ['license'],
    help: 'Under which its words may be used.',
    example: 'CC BY 4.0',
    write: ({ service }) => service.source.licence ?? '',
    read(cell, { service }) {
      service.source = { name: '', ...service.source, licence: textOf(cell, 120) };
      return undefined;
    },
    clear({ service }) {
      if (service.source) delete service.source.licence;
    },
  },
];
