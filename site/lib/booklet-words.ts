import { isSortedByWords, isUnsorted } from '#api/domain/guesses.ts';
import { describeAvailability, describeCost, describeDate } from '#api/domain/words.ts';
import type { SearchResult } from './api.ts';
import type { Booklet } from './booklet.ts';
import { forWhom, moreTimes, SORTED_BY_US, UNSAID, waysToJoin, whoseWord } from './card-facts.ts';
import { cardStanding } from './card-standing.ts';
import { identity } from './identity.ts';
import { langOf } from './written-in.ts';

/** All that a booklet says, in its order: for the page that is printed and the file of a word processor alike. */

/** How a line is set: what nobody may miss, what is said, and whose word it is. */
type Weight = 'loud' | 'plain' | 'quiet';

export interface BookletLine {
  words: string;
  weight: Weight;
  /** BCP 47 tag where the words are not in English; empty where nobody can tell. */
  lang?: string | undefined;
  /** That it is to be known before relying on the listing, in a box of its own. */
  caution?: boolean;
}

/** A listing in a booklet: what holds for months, and no next date. */
export interface BookletEntry {
  id: string;
  name: BookletLine;
  lines: BookletLine[];
}

export interface BookletWords {
  title: string;
  /** Under the title: of the first, what stands before the rest is loud. */
  head: { loud: string; words: string }[];
  /** In place of what is not there; null where something is. */
  none: string | null;
  contents: string;
  subjects: { code: string; name: string; entries: BookletEntry[] }[];
  foot: string;
}

const plain = (words: string): BookletLine => ({ words, weight: 'plain' });
const loud = (words: string): BookletLine => ({ words, weight: 'loud' });

/**
 * @param today 'YYYY-MM-DD'
 * @param approximate whether the place is not a single postcode
 */
function entryOf(result: SearchResult, today: string, approximate: boolean): BookletEntry {
  const { service, reach, next_session } = result;
  const { ask, comes, away } = cardStanding(result, approximate);
  const { schedule_words: times, availability, cautions = [] } = service;
  const lang = langOf(service.written_in);
  const flags = [
    service.example && 'Example listing',
    service.state === 'unconfirmed' && 'Not confirmed lately',
    availability.state !== 'open' && describeAvailability(availability, today),
    next_session?.check_words,
  ].filter(Boolean);
  const who = forWhom(service);
  const where = [service.address_line, away].filter(Boolean).join(', ');
  const when =
    times.length > 0
      ? `${times.slice(0, 3).join('; ')}${times.length > 3 ? moreTimes(times.slice(3)) : ''}`
      : 'Ask for times';
  // It stands under a subject, which is a claim.
  const guessed = isSortedByWords(service.guessed ?? []) && !isUnsorted(service);
  const known = cautions.map(
    ({ kind, words }): BookletLine => ({
      words,
      weight: kind === 'check_before_use' ? 'plain' : 'loud',
      caution: true,
    }),
  );
  const lines: (BookletLine | false)[] = [
    flags.length > 0 && loud(`${flags.join('. ')}.`),
    ask !== null && loud(`${ask}.`),
    { words: service.summary, weight: 'plain', lang },
    availability.note !== undefined && { words: availability.note, weight: 'plain', lang, caution: true },
    ...known.filter(({ weight }) => weight === 'loud'),
    ...known.filter(({ weight }) => weight === 'plain'),
    loud(when),
    where !== '' && plain(where),
    comes !== null && plain(comes),
    service.attending_types.length === 0 && reach.kind !== 'area' && plain(UNSAID),
    plain(`${describeCost(service.cost_options)}. ${waysToJoin(service)}.`),
    who !== '' && loud(`For: ${who}`),
    ...service.phones
      .filter(({ type }) => type !== 'fax')
      .slice(0, 2)
      .map(({ label, words }) => loud(`${label} ${words}`)),
    {
      words: `${service.organization.name}. ${whoseWord(service, today)}${guessed ? `; ${SORTED_BY_US}` : ''}`,
      weight: 'quiet',
    },
  ];
  return {
    id: service.id,
    name: { words: service.name, weight: 'loud', lang },
    lines: lines.filter((line) => line !== false),
  };
}

/** @param today 'YYYY-MM-DD' */
export function bookletWords({ whole, subjects, count, more, inPlace }: Booklet, today: string): BookletWords {
  const { place } = whole;
  const approximate = place?.precision !== 'postcode';
  return {
    title: `Support ${place ? `near ${place.label}` : 'everywhere'}`,
    head: [
      {
        loud: `${describeDate(today)}. Check before you go:`,
        words: 'ring first, since times and places change. In danger, call 999; for urgent medical advice, call 111.',
      },
      ...(more > 0
        ? [{ loud: '', words: `There are ${more} more than a booklet holds: narrow the search down, or look nearer.` }]
        : []),
      ...(inPlace.length > 0
        ? [
            {
              loud: '',
              words: `Help for people whom somebody hurts or controls is not printed here, since others may see this. These answer: ${new Intl.ListFormat('en-GB').format(inPlace)}.`,
            },
          ]
        : []),
    ],
    none: count === 0 ? 'Nothing that is known to serve this address.' : null,
    contents: 'What is in it',
    subjects: subjects.map(({ code, name, results }) => ({
      code,
      name,
      entries: results.map((result) => entryOf(result, today, approximate)),
    })),
    foot: `${identity().name}. Whose word each listing is stands under it.`,
  };
}
