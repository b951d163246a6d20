import type { Caution } from '../domain/cautions.ts';
import { ACCESS_FEATURES, type AccessFeature } from '../domain/questions.ts';
import type { Session } from '../domain/schedule.ts';
import { ACCESS, type Address, type Location, type Organization, type Service } from '../domain/service.ts';
import { contactPhones } from '../domain/telephone/link.ts';
import type { Phone } from '../domain/telephone/phone.ts';
import { phoneWords } from '../domain/telephone/written.ts';
import { describeCost } from '../domain/words.ts';
import { dateIn, dayIn, listIn, poundsIn, sessionIn } from './dates.ts';
import { type HandoutLanguage, handoutMessage } from './messages.ts';

/**
 * What the paper says of a listing, in the language of the handout. What the listing says itself stays as it is written,
 * with its language beside it. No distance is among it: it would tell where somebody lives.
 */

/** What a paper is made from: a listing as the public sees it. */
export interface PaperSource {
  service: Omit<Service, 'location_ids'>;
  organization: Pick<Organization, 'name' | 'phone' | 'email' | 'url'>;
  locations: readonly {
    id: string | null;
    name: string | null;
    address?: Address | undefined;
    transportation?: string | undefined;
    accessibility: Location['accessibility'];
    confidential: boolean;
  }[];
  state: string;
  /** What is to be known before a clinical listing is relied on. */
  cautions?: readonly { kind: Caution }[] | undefined;
  /** The next few. */
  next_sessions: readonly Session[];
  /** English. */
  schedule_words: readonly string[];
}

/** Words in one language: `lang` is a BCP 47 tag. */
interface Said {
  text: string;
  lang: string;
}

export interface PaperListing {
  id: string;
  name: Said;
  organization: string;
  /** What it is, in one line. */
  summary: Said;
  /** What to know first: an example, full, not confirmed. */
  notes: string[];
  /** The next session; null where one has to ask. */
  next: string | null;
  /** Why to ring before the next session; null where it can be counted on. It is among the notes, too. */
  check: string | null;
  /** How it goes on: the recurrence in English, the following dates in other languages; null where nothing is known. */
  more: Said | null;
  where: Said[];
  getting_there: Said | null;
  cost: Said;
  join: string;
  access: string;
  phones: { number: string; description: Said | null }[];
  /** Where there is no phone. */
  contact: { kind: 'email' | 'website'; value: string } | null;
  /** What to say: in English, which who answers speaks, and what that means in the language of the handout. */
  say: { english: string; means: string | null };
  /** Null where nobody has said that it was. */
  last_checked: string | null;
}

type Language = HandoutLanguage;

/** The number; before one that is for texts or a textphone, that it is. */
const phoneIn = (language: Language, phone: Phone): string =>
  phone.type === 'text' || phone.type === 'textphone'
    ? `${handoutMessage(language, `phone_${phone.type}`)} ${phoneWords(phone)}`
    : phoneWords(phone);

const DATES_AFTER_NEXT = 2;
const OTHER_PLACES = 3;

function costIn(language: Language, costs: Service['cost_options'], written_in: string): Said {
  if (language === 'en') return { text: describeCost(costs), lang: 'en' };
  if (costs.length === 0) return { text: handoutMessage(language, 'cost_unknown'), lang: language };
  // The notes on a cost stand as they are written: marked up as one text, they go by the labels' language.
  const said = costs.map(({ option, amount, concession, amount_description: note }) => {
    const price = amount === undefined ? null : poundsIn(language, amount);
    const noted = note === undefined || written_in !== language ? '' : ` (${note})`;
    if (option === 'free')
      return `${handoutMessage(language, concession ? 'cost_free_concession' : 'cost_free')}${noted}`;
    if (option === 'donation')
      return `${price ? handoutMessage(language, 'cost_suggested', { amount: price }) : handoutMessage(language, 'cost_donation')}${noted}`;
    if (price === null) return `${handoutMessage(language, 'cost_charge')}${noted}`;
    return `${concession ? handoutMessage(language, 'cost_concession', { amount: price }) : price}${noted}`;
  });
  return { text: said.join('; '), lang: language };
}

const isRare = (feature: (typeof ACCESS)[number]): boolean => (ACCESS_FEATURES[feature] as AccessFeature).rare ?? false;

function accessIn(language: Language, accessibility: Location['accessibility'] | undefined): string {
  const features = (answer: string) =>
    ACCESS.filter((feature) => accessibility?.[feature] === answer && (answer === 'yes' || !isRare(feature))).map(
      (feature) => handoutMessage(language, `access_${feature}`),
    );
  const [yes, no, unknown] = ['yes', 'no', 'unknown'].map(features) as [string[], string[], string[]];
  if (yes.length + no.length === 0) return handoutMessage(language, 'access_ask');
  const parts = [
    yes.length > 0 && handoutMessage(language, 'access_yes', { features: yes.join(', ') }),
    no.length > 0 && handoutMessage(language, 'access_no', { features: no.join(', ') }),
    unknown.length > 0 && handoutMessage(language, 'access_unknown', { features: unknown.join(', ') }),
  ].filter((part) => part !== false);
  return `${parts.join('. ')}.`;
}

/** The venue as one line of an envelope. */
const addressLine = ({ name, address }: PaperSource['locations'][number]): string =>
  [name, address?.address_1, address?.address_2, address?.city, address?.postal_code]
    .filter((part, index, all) => part && all.indexOf(part) === index)
    .join(', ');

function placesIn(language: Language, { locations, service }: PaperSource, venue: string | null): Said[] {
  const public_ = locations.filter(({ confidential }) => !confidential);
  const shown = public_.find(({ id }) => id === venue) ?? public_[0];
  if (!shown) {
    const text =
      locations.length > 0
        ? handoutMessage(language, 'address_private')
        : service.attending_types.map((way) => handoutMessage(language, `way_${way}`)).join(', ');
    return [{ text, lang: language }];
  }
  const others = public_.filter((it) => it !== shown).map(({ name }) => name ?? '');
  const rest = others.length - OTHER_PLACES;
  const named = [
    ...others.slice(0, OTHER_PLACES),
    ...(rest > 0 ? [handoutMessage(language, 'more', { count: String(rest) })] : []),
  ];
  return [
    { text: addressLine(shown), lang: 'en' },
    ...(named.length > 0
      ? [{ text: handoutMessage(language, 'more_places', { places: named.join(', ') }), lang: language }]
      : []),
  ];
}

/** Why to ring before the next session; null where it can be counted on. */
function checkIn(language: Language, next: Session | undefined): string | null {
  if (!next?.check_first) return null;
  return next.bank_holiday === null
    ? handoutMessage(language, 'check_first')
    : handoutMessage(language, 'check_bank_holiday');
}

function notesOn(language: Language, { service, state, next_sessions, cautions = [] }: PaperSource): string[] {
  const { availability } = service;
  const warned = cautions.map(({ kind }) => kind);
  return [
    service.example && handoutMessage(language, 'note_example'),
    warned.includes('check_before_use') && handoutMessage(language, 'note_check'),
    (warned.includes('old_source') || warned.includes('review_past')) && handoutMessage(language, 'note_old'),
    state === 'unconfirmed' && handoutMessage(language, 'note_unconfirmed'),
    availability.state !== 'open' && handoutMessage(language, `note_${availability.state}`),
    checkIn(language, next_sessions[0]),
  ].filter((note) => typeof note === 'string');
}

function moreIn(language: Language, { next_sessions, schedule_words, service }: PaperSource): Said | null {
  const [first, ...later] = next_sessions;
  if (language === 'en') {
    const once = first && later.length === 0;
    return once || schedule_words.length === 0 ? null : { text: schedule_words.slice(0, 2).join('; '), lang: 'en' };
  }
  if (later.length > 0) {
    const dates = listIn(
      language,
      later.slice(0, DATES_AFTER_NEXT).map(({ date }) => dayIn(language, date)),
    );
    return { text: handoutMessage(language, 'then_dates', { dates }), lang: language };
  }
  const written = service.schedule_description;
  return written === undefined ? null : { text: written, lang: service.written_in };
}

function wordsToSay(language: Language, { service }: PaperSource): PaperListing['say'] {
  const key = `say_${service.join[0] ?? 'ask'}` as const;
  const english = handoutMessage('en', key, { name: service.name });
  return { english, means: language === 'en' ? null : handoutMessage(language, key, { name: service.name }) };
}

/**
 * What the paper says of a listing.
 * @param venue id of the location to name first, where the listing has several; null: its main one
 */
export function paperListing(language: Language, source: PaperSource, venue: string | null): PaperListing {
  const { service, organization, locations, next_sessions } = source;
  const lang = service.written_in;
  const public_ = locations.filter(({ confidential }) => !confidential);
  const shown = public_.find(({ id }) => id === venue) ?? public_[0];
  const numbers = contactPhones(service, organization);
  const email = service.email ?? organization.email;
  const url = service.url ?? organization.url;
  const next = next_sessions[0];
  return {
    id: service.id,
    name: { text: service.name, lang },
    organization: organization.name,
    summary: { text: service.summary, lang },
    notes: notesOn(language, source),
    next: next ? sessionIn(language, next) : null,
    check: checkIn(language, next),
    more: moreIn(language, source),
    where: placesIn(language, source, venue),
    getting_there: shown?.transportation ? { text: shown.transportation, lang } : null,
    cost: costIn(language, service.cost_options, lang),
    join: handoutMessage(language, service.join[0] ? `join_${service.join[0]}` : 'join_ask'),
    access: accessIn(language, shown?.accessibility),
    phones: numbers.slice(0, 2).map((phone) => ({
      number: phoneIn(language, phone),
      description: phone.description === undefined ? null : { text: phone.description, lang },
    })),
    contact:
      numbers.length > 0
        ? null
        : email
          ? { kind: 'email', value: email }
          : url
            ? { kind: 'website', value: url }
            : null,
    say: wordsToSay(language, source),
    last_checked: service.assured_by === 'nobody' ? null : dateIn(language, service.assured_date),
  };
}
