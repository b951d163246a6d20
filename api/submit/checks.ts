import { type Answers, many, one, sameAnswer } from '../domain/answers.ts';
import { ATTENDING_TYPES, COSTS, JOINS, KINDS } from '../domain/service.ts';
import { TAXONOMY_TERMS } from '../domain/taxonomy.ts';
import { metresBetween } from '../geocode/metres.ts';
import { isVisited, STEPS, type StepKey } from './fields.ts';
import {
  charityOf,
  companyOf,
  isEmail,
  isPhone,
  languageTag,
  linksIn,
  partsOf,
  poundsOf,
  urlOf,
  yearsOf,
} from './typed.ts';

/** What is still wrong with an answer: shown at the top of the page and beside the field, in the same words. */
export interface Problem {
  field: string;
  words: string;
}

/** What the checks go by beside the answers. */
export interface Checking {
  kind: 'new' | 'edit';
  /** The answers as the form was first filled; null for a new listing. */
  base: Answers | null;
  /** 'YYYY-MM-DD' in Europe/London. */
  today: string;
}

/** Metres: two miles. A point further from its postcode is a slip of the hand, or another place. */
const MOST_METRES = 3219;
/** Web addresses that one text may hold: more is advertising. */
const MOST_LINKS = 2;

type Check = (answers: Answers, checking: Checking) => (Problem | null)[];

const asked = (answers: Answers, field: string, words: string): Problem | null =>
  one(answers, field) === '' ? { field, words } : null;

function text(answers: Answers, field: string, label: string, most: number, links = MOST_LINKS): Problem | null {
  const typed = one(answers, field);
  if (typed.length > most)
    return { field, words: `${label} must be ${most} characters or shorter. It has ${typed.length}` };
  if (linksIn(typed) > links)
    return {
      field,
      words:
        links === 0
          ? `Take the web address out of ${label.toLowerCase()}. It has a place of its own, further on`
          : `${label} may hold ${links} web addresses at most. Take some out`,
    };
  return null;
}

const when = (wrong: boolean, field: string, words: string): Problem | null => (wrong ? { field, words } : null);

const among = (typed: string, known: readonly string[]): boolean => known.includes(typed);

const who: Check = (answers, { kind }) => {
  const email = one(answers, 'email');
  const chosen = one(answers, 'organization') !== '';
  const charity = one(answers, 'charity_number');
  const company = one(answers, 'company_number');
  const informal = !chosen && kind === 'new' && charity === '' && company === '';
  const sponsor = one(answers, 'sponsor_contact');
  return [
    kind === 'edit' ? null : when(email === '', 'email', 'Write your e-mail address, like name@example.org'),
    kind === 'edit'
      ? null
      : when(
          email !== '' && !isEmail(email),
          'email',
          'This is not an e-mail address that we can write to. Write one like name@example.org',
        ),
    chosen ? null : asked(answers, 'organization_name', 'Write the name of your organisation or group'),
    chosen ? null : text(answers, 'organization_name', 'The name', 160, 0),
    when(
      !chosen && charity !== '' && charityOf(charity) === null,
      'charity_number',
      'A charity number is six or seven digits, or SC and six digits in Scotland, or NIC and six digits in Northern Ireland',
    ),
    when(
      !chosen && company !== '' && companyOf(company) === null,
      'company_number',
      'A company number is eight digits, or two letters and six digits, like SC123456',
    ),
    informal
      ? asked(
          answers,
          'sponsor_name',
          'Write the name of somebody who can vouch for your group, as it has no charity or company number',
        )
      : null,
    informal
      ? asked(answers, 'sponsor_contact', 'Write an e-mail address or phone number of whoever vouches for your group')
      : null,
    when(
      informal && sponsor !== '' && !isEmail(sponsor) && !isPhone(sponsor),
      'sponsor_contact',
      'Write an e-mail address like name@example.org, or a phone number',
    ),
    text(answers, 'sponsor_name', 'The name', 160, 0),
    text(answers, 'sponsor_role', 'The role', 160, 0),
  ];
};

const what: Check = (answers, { base }) => {
  const codes = TAXONOMY_TERMS.map(({ code }) => code);
  const kinds = KINDS.filter((kind) => kind !== 'clinical' || (base !== null && one(base, 'kind') === 'clinical'));
  return [
    asked(answers, 'name', 'Write what it is called'),
    text(answers, 'name', 'The name', 160, 0),
    asked(answers, 'summary', 'Say in one line what it is'),
    text(answers, 'summary', 'The line', 180, 0),
    asked(answers, 'description', 'Write a few sentences on what happens there'),
    text(answers, 'description', 'The description', 6000),
    when(!among(one(answers, 'kind'), kinds), 'kind', 'Choose what sort of thing it is'),
    when(!among(one(answers, 'category_1'), codes), 'category_1', 'Choose at least one subject'),
    ...['category_2', 'category_3'].map((field) =>
      when(!among(one(answers, field), ['', ...codes]), field, 'Choose a subject from the list'),
    ),
  ];
};

const whenCheck: Check = (answers) => {
  const arranged = one(answers, 'arrangement') === 'yes';
  const trouble = one(answers, 'sessions_trouble');
  return [
    when(
      one(answers, 'sessions') === '' && !arranged,
      'sessions',
      'Write when it meets, or tick that there are no set times',
    ),
    when(trouble !== '', 'sessions', trouble),
    text(answers, 'arrangement_note', 'The note', 300),
  ];
};

/** Metres from the point of the postcode to the point of the venue; null while there is none. */
function pointAway(answers: Answers): number | null {
  const [latitude, longitude, postLatitude, postLongitude] = [
    'latitude',
    'longitude',
    'postcode_latitude',
    'postcode_longitude',
  ].map((name) => one(answers, name));
  if (!latitude || !longitude || !postLatitude || !postLongitude) return null;
  return metresBetween(
    { latitude: Number(latitude), longitude: Number(longitude) },
    { latitude: Number(postLatitude), longitude: Number(postLongitude) },
  );
}

/** How far the point may be from its postcode, metres: further where only the sector of the postcode is known. */
export const mostAway = (answers: Answers): number => MOST_METRES + Number(one(answers, 'postcode_spread') || 0);

const where: Check = (answers) => {
  const ways = many(answers, 'attending');
  const here = ways.includes('in_person') && one(answers, 'venue') === '';
  const hidden = one(answers, 'confidential') === 'yes';
  const away = pointAway(answers);
  return [
    when(
      ways.length === 0 || !ways.every((way) => among(way, ATTENDING_TYPES)),
      'attending',
      'Tick how people take part',
    ),
    here && !hidden ? asked(answers, 'venue_name', 'Write the name of the building, like Homerton Library') : null,
    here && !hidden ? asked(answers, 'address_1', 'Write the number and street') : null,
    here && !hidden ? asked(answers, 'city', 'Write the town or city') : null,
    here ? asked(answers, 'postcode', 'Write the postcode of the place') : null,
    here ? when(one(answers, 'postcode_trouble') !== '', 'postcode', one(answers, 'postcode_trouble')) : null,
    here
      ? when(
          away !== null && away > mostAway(answers),
          'postcode',
          'The point on the map is more than 2 miles from this postcode. Check the postcode, or move the point back',
        )
      : null,
    ...(here
      ? [
          text(answers, 'venue_name', 'The name', 160, 0),
          text(answers, 'address_1', 'The street', 120, 0),
          text(answers, 'address_2', 'The second line', 120, 0),
          text(answers, 'city', 'The town', 80, 0),
        ]
      : []),
  ];
};

const forWhom: Check = (answers) => {
  const [from, to] = [one(answers, 'minimum_age'), one(answers, 'maximum_age')];
  const kept = partsOf(one(answers, 'restrictions'));
  const cost = one(answers, 'cost');
  const [amount, concession] = [one(answers, 'amount'), one(answers, 'concession')];
  const unknown = partsOf(one(answers, 'languages')).find((name) => languageTag(name) === undefined);
  return [
    text(answers, 'for_whom', 'The text', 1000),
    when(from !== '' && yearsOf(from) === null, 'minimum_age', 'Write the age in figures, like 18'),
    when(to !== '' && yearsOf(to) === null, 'maximum_age', 'Write the age in figures, like 65'),
    when(
      from !== '' && to !== '' && (yearsOf(from) ?? 0) > (yearsOf(to) ?? 120),
      'maximum_age',
      'The oldest age is below the youngest. Change one of them',
    ),
    when(
      kept.length > 5 || kept.some((part) => part.length > 80),
      'restrictions',
      'Write at most five short phrases, like ‘Women only’',
    ),
    when(!among(one(answers, 'served'), ['anyone', 'areas']), 'served', 'Say where people must live to use it'),
    when(
      one(answers, 'served') === 'areas' && one(answers, 'served_areas') === '',
      'served_areas',
      'Write the names of the areas, each on a line of its own',
    ),
    when(
      one(answers, 'served') === 'areas' && one(answers, 'served_trouble') !== '',
      'served_areas',
      one(answers, 'served_trouble'),
    ),
    when(!among(cost, COSTS), 'cost', 'Say what it costs'),
    when(
      cost === 'paid' && amount === '' && one(answers, 'amount_note') === '',
      'amount',
      'Write how much it costs in pounds, like 3.50',
    ),
    when(
      cost !== 'free' && amount !== '' && poundsOf(amount) === null,
      'amount',
      'Write the amount in pounds, like 3.50',
    ),
    when(
      cost !== 'free' && concession !== '' && poundsOf(concession) === null,
      'concession',
      'Write the lower price in pounds, like 1.50, or 0 where it is free',
    ),
    text(answers, 'amount_note', 'The note', 120, 0),
    text(answers, 'concession_note', 'The note', 120, 0),
    when(
      unknown !== undefined,
      'languages',
      `We do not know the language ‘${unknown}’. Write its English name, like Turkish`,
    ),
  ];
};

const joining: Check = (answers, { today }) => {
  const ways = many(answers, 'join');
  const [phone, email, url] = ['phone', 'public_email', 'url'].map((name) => one(answers, name));
  const until = one(answers, 'availability_until');
  const date = one(answers, 'availability_date');
  const closed = !among(one(answers, 'availability'), ['', 'open']);
  const onlyDropIn = ways.length === 1 && ways[0] === 'drop_in';
  return [
    when(ways.length === 0 || !ways.every((way) => among(way, JOINS)), 'join', 'Tick how people join'),
    text(answers, 'application_process', 'The text', 1000),
    text(answers, 'first_visit', 'The text', 1000),
    when(
      !onlyDropIn && !phone && !email && !url,
      'phone',
      'Give at least one way to get in touch: a phone number, an e-mail address or a website',
    ),
    when(!!phone && !isPhone(phone), 'phone', 'Write a phone number with its code, like 020 7946 0018'),
    when(!!email && !isEmail(email), 'public_email', 'This is not an e-mail address. Write one like hello@example.org'),
    when(!!url && urlOf(url) === null, 'url', 'Write the address of the website, like www.example.org'),
    text(answers, 'contact_title', 'The role', 80, 0),
    when(closed && until !== '' && date === '', 'availability_until', 'Write the date, like 1 March 2027'),
    when(
      closed && date !== '' && date < today,
      'availability_until',
      'That date is over. Write one that is to come, or choose ‘There is room’',
    ),
    text(answers, 'transportation', 'The text', 600),
    text(answers, 'accessibility_notes', 'The text', 600),
  ];
};

const CHECKS: Readonly<Record<StepKey, Check>> = {
  who,
  what,
  when: whenCheck,
  where,
  for: forWhom,
  joining,
  pain: () => [],
};

/** What is wrong with the answers of one step, in the order of its fields, one problem for each field. */
export function problemsOf(step: StepKey, answers: Answers, checking: Checking): Problem[] {
  const { base } = checking;
  // What a listing said before anybody touched it is not held against who comes to change something else.
  const found = CHECKS[step](answers, checking)
    .filter((problem) => problem !== null)
    .filter(({ field }) => base === null || !sameAnswer(base, answers, field));
  return found.filter(({ field }, index) => found.findIndex((other) => other.field === field) === index);
}

export type StepStanding = 'not started' | 'problem' | 'done';

/** How a step stands: one of an edit is done from the start. */
export function standingOf(step: StepKey, answers: Answers, checking: Checking): StepStanding {
  if (checking.kind === 'new' && !isVisited(answers, step)) return 'not started';
  return problemsOf(step, answers, checking).length > 0 ? 'problem' : 'done';
}

/** Whether all steps are done, so that it can be sent. */
export const isComplete = (answers: Answers, checking: Checking): boolean =>
  STEPS.every(({ key }) => standingOf(key, answers, checking) === 'done');
