import { describeDate } from '../domain/words.ts';
import { type HandoutLanguage, handoutMessage } from './messages.ts';
import type { PaperListing } from './paper.ts';

/** A handout as plain text: for a record, for an e-mail. */

const contactOf = ({ phones, contact }: PaperListing): string | null => phones[0]?.number ?? contact?.value ?? null;

/** 'Friday 25 December, 10am to 12 noon (bank holiday: ring first)'. */
const withCheck = (next: string, { check }: PaperListing): string => (check === null ? next : `${next} (${check})`);

/**
 * For a record: English, one line a listing, nothing about the person.
 * @param listings made in English
 * @param today 'YYYY-MM-DD' in Europe/London
 * @param link the short link, where there is one
 */
export function recordText(listings: readonly PaperListing[], today: string, link: string | null): string {
  const lines = listings.map((listing, index) =>
    [
      `${index + 1}. ${listing.name.text} (${listing.organization})`,
      listing.next ? `next ${withCheck(listing.next, listing)}` : listing.more?.text,
      listing.where[0]?.text,
      contactOf(listing),
      listing.last_checked && `checked ${listing.last_checked}`,
    ]
      .filter(Boolean)
      .join('; '),
  );
  return [
    `Signposted to local support on ${describeDate(today)}:`,
    ...lines,
    ...(link ? [`Handout with changes since: ${link}`] : []),
  ].join('\n');
}

/** When it next meets, or what is known about it. */
const whenIn = (language: HandoutLanguage, listing: PaperListing): string =>
  listing.next
    ? `${handoutMessage(language, 'next_session')}: ${withCheck(listing.next, listing)}`
    : `${handoutMessage(language, 'when')}: ${listing.more?.text ?? handoutMessage(language, 'ask_times')}`;

/** The words of an e-mail, in the language of the listings given. */
export function mailText(language: HandoutLanguage, listings: readonly PaperListing[], link: string | null): string {
  const blocks = listings.map((listing) =>
    [
      listing.name.text,
      listing.summary.text,
      whenIn(language, listing),
      `${handoutMessage(language, 'where')}: ${listing.where[0]?.text ?? ''}`,
      `${handoutMessage(language, 'cost')}: ${listing.cost.text}. ${listing.join}`,
      contactOf(listing) && `${handoutMessage(language, listing.contact?.kind ?? 'phone')}: ${contactOf(listing)}`,
    ]
      .filter(Boolean)
      .join('\n'),
  );
  return [
    ...blocks,
    handoutMessage(language, 'ring_first'),
    ...(link ? [`${handoutMessage(language, 'scan')}\n${link}`] : []),
  ].join('\n\n');
}

/** A mailto: link without a recipient; line breaks are CRLF (RFC 6068, 5). */
export const mailtoLink = (subject: string, body: string): string =>
  `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body.replaceAll('\n', '\r\n'))}`;
