import { ACCESS_FEATURES, type AccessFeature } from '../domain/questions.ts';
import type { Standing } from '../domain/reach.ts';
import type { Session } from '../domain/schedule.ts';
import { ACCESS, type Location, type Service } from '../domain/service.ts';
import { contactPhones, phoneLink } from '../domain/telephone/link.ts';
import type { Phone } from '../domain/telephone/phone.ts';
import { phoneWords } from '../domain/telephone/written.ts';
import { withoutEnd } from '../domain/trim.ts';
import { describeCost } from '../domain/words.ts';
import { dayIn, listIn, poundsIn, sessionIn } from './dates.ts';
import { type Destination, destinationOf } from './directions.ts';
import { type HandoutLanguage, handoutMessage } from './messages.ts';
import { checkIn, notesIn } from './notes.ts';
import { isRemote, placesIn, venueOf } from './place.ts';
import { provenanceIn } from './provenance.ts';
import type { PaperSource, Said } from './source.ts';
import { whoIn } from './who.ts';

/**
 * What is said of a listing away from the site, in the language of the handout. The paper, the text for the record, the
 * mail, the short link and the calendar are all made from it, so that none leaves out a warning that another gives. The
 * listing's own words stay as they are written, with their language beside them. There is no distance in it: that would
 * tell where somebody lives.
 */

export interface PaperListing {
  id: string;
  name: Said;
  organization: string;
  /** What it is, in one line. */
  summary: Said;
  /** What to know first: not for this address, an example, full, not confirmed. */
  notes: string[];
  /** What it says itself that has to be known now; null where it says nothing. */
  notice: Said | null;
  /** Whom it is kept for, each condition by itself; empty where everybody may come. */
  who: Said[];
  /** The next session; null where one has to ask. */
  next: string | null;
  /** Why to ring before the next session; null where it can be counted on. It is among the notes, too. */
  check: string | null;
  /** How it goes on: the recurrence in English, the following dates in other languages; null where nothing is known. */
  more: Said | null;
  where: Said[];
  getting_there: Said | null;
  /** Null where there is no way to show: people take part from home, or the address is private. */
  destination: Destination | null;
  cost: Said;
  join: string;
  /** Null where nobody travels to it. */
  access: string | null;
  /** `link` rings the number or starts a text to it; null where it cannot be dialled. */
  phones: { number: string; link: string | null; description: Said | null }[];
  /** Set where there is no phone number, or people take part online. */
  contact: { kind: 'email' | 'website'; value: string } | null;
  /**
   * What to say on the phone: in English, since whoever answers speaks it, and what that means in the language of the
   * handout. Null where there is no number to ring.
   */
  say: { english: string; means: string | null } | null;
  /** Who checked it, and when; where nobody has, which source it was copied from. */
  provenance: string;
}

type Language = HandoutLanguage;

/** The number, with 'text' or 'textphone' before it where it is for those. */
const phoneIn = (language: Language, phone: Phone): string =>
  phone.type === 'text' || phone.type === 'textphone'
    ? `${handoutMessage(language, `phone_${phone.type}`)} ${phoneWords(phone)}`
    : phoneWords(phone);

const DATES_AFTER_NEXT = 2;
const SAID_TIMES = 2;

function costIn(language: Language, costs: Service['cost_options'], written_in: string): Said {
  if (language === 'en') return { text: describeCost(costs), lang: 'en' };
  if (costs.length === 0) return { text: handoutMessage(language, 'cost_unknown'), lang: language };
  // All costs are marked up as one text in the handout's language, so a note in another language is left out.
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

/** The sessions at the venue that the paper names. Those elsewhere would give it the wrong times. */
function sessionsAt(source: PaperSource, venue: PaperSource['locations'][number] | null): readonly Session[] {
  const { next_sessions } = source;
  return venue === null
    ? next_sessions
    : next_sessions.filter(({ location_id }) => location_id === null || location_id === venue.id);
}

function moreIn(language: Language, source: PaperSource, sessions: readonly Session[]): Said | null {
  const { schedule_words, service } = source;
  const [first, ...later] = sessions;
  const written = service.schedule_description;
  const andMore = (words: string, all: boolean) =>
    all ? words : `${words}, ${handoutMessage(language, 'more_times')}`;
  if (language === 'en') {
    const once = first && later.length === 0 && schedule_words.length === 1;
    if (once || schedule_words.length === 0) return null;
    return {
      text: andMore(schedule_words.slice(0, SAID_TIMES).join('; '), schedule_words.length <= SAID_TIMES),
      lang: 'en',
    };
  }
  if (later.length > 0) {
    const named = later.slice(0, DATES_AFTER_NEXT);
    const dates = listIn(
      language,
      named.map(({ date }) => dayIn(language, date)),
    );
    const said = handoutMessage(language, 'then_dates', { dates });
    return { text: andMore(said, later.length === named.length), lang: language };
  }
  return written === undefined ? null : { text: written, lang: service.written_in };
}

function wordsToSay(language: Language, source: PaperSource, standing: Standing | null): PaperListing['say'] {
  const { service } = source;
  const { attending_types: ways } = service;
  const isLine = ways.includes('phone') && (!ways.includes('in_person') || isRemote(source, standing));
  const key = isLine ? 'say_phone' : (`say_${service.join[0] ?? 'ask'}` as const);
  const english = handoutMessage('en', key, { name: service.name });
  // The English sentence has the name already: in the translation it would only take up room.
  return { english, means: language === 'en' ? null : handoutMessage(language, key, { name: '…' }) };
}

/**
 * How to get in touch without a phone: by e-mail, else on its web page. What is online shows its page even if it has a
 * phone.
 */
function contactIn({ service, organization }: PaperSource, hasPhone: boolean): PaperListing['contact'] {
  const email = service.email ?? organization.email;
  const url = service.url ?? organization.url;
  const website = url ? ({ kind: 'website', value: url } as const) : null;
  if (hasPhone) return service.attending_types.includes('online') ? website : null;
  return email ? { kind: 'email', value: email } : website;
}

/**
 * Makes what is said of a listing.
 * @param standing how it is reached from the address that was searched from; null without one
 */
export function paperListing(language: Language, source: PaperSource, standing: Standing | null): PaperListing {
  const { service, organization } = source;
  const lang = service.written_in;
  const venue = venueOf(source, standing);
  const numbers = contactPhones(service, organization);
  const sessions = sessionsAt(source, venue);
  const next = sessions[0];
  return {
    id: service.id,
    name: { text: service.name, lang },
    organization: organization.name,
    summary: { text: service.summary, lang },
    notes: notesIn(language, source, standing, next),
    notice: service.availability.note === undefined ? null : { text: withoutEnd(service.availability.note, '.'), lang },
    who: whoIn(language, source, standing),
    next: next ? sessionIn(language, next) : null,
    check: checkIn(language, next),
    more: moreIn(language, source, sessions),
    where: placesIn(language, source, standing),
    getting_there: venue?.transportation ? { text: venue.transportation, lang } : null,
    destination: destinationOf(venue),
    cost: costIn(language, service.cost_options, lang),
    join: handoutMessage(language, service.join[0] ? `join_${service.join[0]}` : 'join_ask'),
    access: isRemote(source, standing) ? null : accessIn(language, venue?.accessibility),
    phones: numbers.slice(0, 2).map((phone) => ({
      number: phoneIn(language, phone),
      link: phoneLink(phone),
      description: phone.description === undefined ? null : { text: phone.description, lang },
    })),
    contact: contactIn(source, numbers.length > 0),
    say: numbers.length > 0 ? wordsToSay(language, source, standing) : null,
    provenance: provenanceIn(language, service),
  };
}
