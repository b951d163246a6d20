import { describeDate } from '../domain/words.ts';
import { type HandoutLanguage, handoutMessage } from './messages.ts';
import { type PaperListing, paperListing } from './paper.ts';
import type { NamedPlace } from './sms.ts';
import type { PaperSource } from './source.ts';

/** A handout as plain text: for a record, for an e-mail, and what a text message names. */

/** Its phone numbers, then its e-mail address or web page where one is to be told. */
const contactsOf = ({ phones, contact }: PaperListing): string[] => [
  ...phones.map(({ number }) => number),
  ...(contact ? [contact.value] : []),
];

/** 'Friday 25 December, 10am to 12 noon (bank holiday: ring first)'. */
const withCheck = (next: string, { check }: PaperListing): string => (check === null ? next : `${next} (${check})`);

const placesOf = ({ where }: PaperListing): string => where.map(({ text }) => text).join('. ');

/** When it next meets and how it goes on; empty where neither is known. */
const timesOf = (listing: PaperListing): string =>
  [listing.next && withCheck(listing.next, listing), listing.more?.text].filter(Boolean).join('; ');

/** Whom it is kept for: 'women only, aged 16 and over'; empty where everybody may come. */
const keptFor = ({ who }: PaperListing): string => who.map(({ text }) => text).join(', ');

/** What to know before going, and whom it is for: each a sentence without its full stop. */
const cautionsOf = (language: HandoutLanguage, listing: PaperListing): string[] => [
  ...listing.notes,
  ...(listing.notice ? [listing.notice.text] : []),
  ...(listing.who.length > 0 ? [`${handoutMessage(language, 'who')}: ${keptFor(listing)}`] : []),
];

/** What somebody must know of a listing besides when, where and what it costs. */
const warningsOf = (language: HandoutLanguage, listing: PaperListing): string[] => [
  ...cautionsOf(language, listing),
  listing.provenance,
];

/**
 * The same for a calendar, which is made for no address in particular. It also says where to go, unless that is the one
 * place that the calendar event names.
 */
export function calendarWarnings(language: HandoutLanguage, source: PaperSource): string[] {
  const listing = paperListing(language, source, null);
  const isOnePlace = listing.where.length === 1 && listing.destination !== null;
  const where = `${handoutMessage(language, 'where')}: ${placesOf(listing)}`;
  return [...warningsOf(language, listing), ...(isOnePlace || listing.where.length === 0 ? [] : [where])];
}

const signposted = (today: string): string => `Signposted to local support on ${describeDate(today)}:`;
const withLink = (link: string | null): string[] => (link ? [`Handout with changes since: ${link}`] : []);

/**
 * The text for a patient's record: in English, a line for each listing, nothing about the person.
 * @param listings made in English
 * @param today 'YYYY-MM-DD' in Europe/London
 * @param link the short link, where there is one
 */
export function recordText(listings: readonly PaperListing[], today: string, link: string | null): string {
  const lines = listings.map((listing, index) =>
    [
      `${index + 1}. ${listing.name.text} (${listing.organization})`,
      ...cautionsOf('en', listing),
      listing.next ? `next ${timesOf(listing)}` : timesOf(listing),
      placesOf(listing),
      ...contactsOf(listing),
      listing.provenance,
    ]
      .filter(Boolean)
      .join('; '),
  );
  return [signposted(today), ...lines, ...withLink(link)].join('\n');
}

/**
 * The same in one line, for a record that takes no more: who was named, how to reach them, and what to know first.
 * @param listings made in English
 */
export function recordLine(listings: readonly PaperListing[], today: string, link: string | null): string {
  const named = listings.map((listing) => {
    const about = [contactsOf(listing)[0], ...warningsOf('en', listing)].filter(Boolean).join('; ');
    return `${listing.name.text} (${about})`;
  });
  return [`${signposted(today)} ${named.join(', ')}.`, ...withLink(link)].join(' ');
}

/** When it next meets, or what is known about it. */
const whenIn = (language: HandoutLanguage, listing: PaperListing): string =>
  `${handoutMessage(language, listing.next ? 'next_session' : 'when')}: ${timesOf(listing) || handoutMessage(language, 'ask_times')}`;

/**
 * The words of an e-mail, in the language of the listings given.
 * @param unnamed ids of listings of which it gives the phone numbers alone: more could tell another reader what they
 *   are for
 */
export function mailText(
  language: HandoutLanguage,
  listings: readonly PaperListing[],
  link: string | null,
  unnamed: ReadonlySet<string>,
): string {
  const blocks = listings.map((listing) => {
    const contact =
      contactsOf(listing).length > 0 &&
      `${handoutMessage(language, listing.phones.length > 0 ? 'phone' : (listing.contact?.kind ?? 'phone'))}: ${contactsOf(listing).join(', ')}`;
    if (unnamed.has(listing.id)) return listing.phones.map(({ number }) => number).join(', ');
    return [
      listing.name.text,
      ...cautionsOf(language, listing),
      listing.summary.text,
      whenIn(language, listing),
      listing.where.length > 0 && `${handoutMessage(language, 'where')}: ${placesOf(listing)}`,
      `${handoutMessage(language, 'cost')}: ${listing.cost.text}. ${listing.join}`,
      contact,
      listing.provenance,
    ]
      .filter(Boolean)
      .join('\n');
  });
  return [
    ...blocks.filter((block) => block !== ''),
    handoutMessage(language, 'ring_first'),
    ...(link ? [`${handoutMessage(language, 'scan')}\n${link}`] : []),
  ].join('\n\n');
}

/**
 * The places that a text message names, with what is to be known of each before going. It says nothing of what sort of help
 * they are, and so nothing of a guess.
 * @param unnamed ids of listings that it must not name
 */
export const placesInMessage = (
  listings: readonly PaperListing[],
  unnamed: ReadonlySet<string>,
): (NamedPlace | null)[] =>
  listings.map((listing) =>
    unnamed.has(listing.id)
      ? null
      : {
          name: listing.name.text,
          cautions: [...listing.notes, listing.notice?.text ?? '', keptFor(listing)].filter(Boolean),
        },
  );

/** A mailto: link without a recipient; line breaks are CRLF (RFC 6068, 5). */
export const mailtoLink = (subject: string, body: string): string =>
  `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body.replaceAll('\n', '\r\n'))}`;
