import { lookUp } from '#api/domain/look-up.ts';
import { identity } from './identity.ts';

/**
 * The words for each outcome of a geocoding that lists nothing yet. One entry an outcome (and reason); the page is
 * components/OutcomePage.astro. None repeats what was typed: a postcode is shown only where it has to be confirmed.
 */

/** What the api tells of a place that cannot be searched from: the parts of its problem that a page needs. */
export interface Trouble {
  outcome: string;
  reason?: string | undefined;
  where?: string | undefined;
  typed?: string | undefined;
  empty?: boolean | undefined;
}

export interface OutcomeWords {
  /** For <title>. */
  title: string;
  heading: string;
  /** Paragraphs. */
  body: string[];
  /** What is said beside the field and in the error summary; null where the person did nothing wrong. */
  field: string | null;
  next: string[];
}

const newer = ['Look at a recent letter for the newer postcode.', 'Or type the name of your area, such as Homerton.'];
const staying =
  'If you are staying in England, Scotland or Wales, type the postcode of where you are staying, or choose something online or by phone.';

const outside = (where: string): OutcomeWords =>
  where === 'Northern Ireland'
    ? {
        title: 'Not in Northern Ireland yet',
        heading: 'We do not cover Northern Ireland yet',
        body: [
          'The open postcode list that we use has England, Scotland and Wales only, so we cannot measure what is near you. We are sorry.',
          'You can still use what is online or by phone, where it is open to anyone in the United Kingdom.',
        ],
        field: null,
        next: [staying],
      }
    : where === 'elsewhere'
      ? {
          title: 'That is outside our area',
          heading: 'That is outside the area we cover',
          body: [
            `${identity().name} lists support in England, Scotland and Wales. What you typed looks like a postcode from somewhere else.`,
            'Some help online or by phone may still be open to you. Check on each listing who can use it.',
          ],
          field: null,
          next: [staying],
        }
      : {
          title: `We do not cover ${where}`,
          heading: `We do not cover ${where}`,
          body: [
            `${identity().name} lists support in England, Scotland and Wales. ${where === 'Guernsey' ? 'The Bailiwick of Guernsey' : where.replace(/^the/, 'The')} has its own health and community services, and they will know what is near you.`,
            'Some help online or by phone may still be open to you. Check on each listing who can use it.',
          ],
          field: null,
          next: [staying],
        };

const noPoint: Record<string, OutcomeWords> = {
  no_coordinates: {
    title: 'This postcode is not on the map',
    heading: 'We do not know where this postcode is',
    body: [
      'It is in use, but the list of postcodes that we have does not say where. Some are new, some are for post only.',
    ],
    field: 'The list of postcodes does not say where this one is. Type one next door, or its first half',
    next: ['Type the postcode of a house next door, or only the first half of yours, like E8.'],
  },
  bfpo: {
    title: 'This is a forces postcode',
    heading: 'This is a British forces postcode',
    body: [
      'BFPO postcodes are for post to the armed forces. They do not say where you are, so we cannot measure what is near.',
    ],
    field: 'This is a forces postcode. Type the postcode of where you live or are based',
    next: [
      'If you are in England, Scotland or Wales, type the postcode of where you live or are based.',
      'If you are abroad, see what is online or by phone.',
    ],
  },
  non_geographic: {
    title: 'This postcode is not on the map',
    heading: 'This postcode is not a place',
    body: [
      'Some big organisations, such as banks, have a postcode that is just for their letters. It does not tell us where you are.',
    ],
    field: 'This postcode is not a place. Type the postcode of where you live',
    next: ['Type the postcode of where you live or are staying.'],
  },
};

/**
 * The words for an outcome.
 * @param trouble the outcome and what the api says about it
 * @param since the month in words ('June 1996') where a withdrawn postcode's is known
 * @param isPlaced whether there is somewhere to search from all the same
 */
export function outcomeWords(trouble: Trouble, since: string | null, isPlaced: boolean): OutcomeWords {
  switch (trouble.outcome) {
    case 'several':
      return {
        title: `Which ${trouble.typed ?? 'place'}?`,
        heading: `Which ${trouble.typed ?? 'one'} do you mean?`,
        body: ['There is more than one. Choose yours, or type a whole postcode.'],
        field: null,
        next: [],
      };
    case 'terminated':
      return {
        title: 'This postcode is no longer used',
        heading: 'This postcode is no longer used',
        body: [
          since ? `Royal Mail stopped using it in ${since}.` : 'Royal Mail has stopped using it.',
          isPlaced
            ? 'If you have a newer postcode, use that one. Else we can show what is near the place that it used to stand for.'
            : 'We do not know where it was, so we cannot say what is near.',
        ],
        field: 'This postcode is no longer used. Type a newer one, or the name of your area',
        next: newer,
      };
    case 'no_point':
      return lookUp(noPoint, trouble.reason ?? 'no_coordinates') ?? (noPoint['no_coordinates'] as OutcomeWords);
    case 'outside_coverage':
      return outside(trouble.where ?? 'elsewhere');
    case 'no_fixed_abode':
      return {
        title: 'Find help without an address',
        heading: 'You can search without an address',
        body: [
          'This code means ‘no fixed address’. You do not need an address to look for help here.',
          'Tell us where you are most often: where you sleep, where you spend the day, or a place you can get to, such as a library or a day centre. A postcode, a part of one such as E8, or the name of an area will do. We do not keep it.',
        ],
        field: null,
        next: [
          'Some services help only people from one area. If a listing asks for an address, ring first and say that you have none: many will go by where you are staying.',
        ],
      };
    case 'unknown':
      return {
        title: 'We could not find that postcode',
        heading: 'We could not find that postcode',
        body: [
          'It looks like a postcode, but it is not in our list. One letter or number may be wrong. A postcode for a new building can also take a few months to reach us.',
        ],
        field: 'We could not find that postcode. Check it and try again',
        next: ['Check it against a letter or a card, and type it again.', 'Or search the area around it.'],
      };
    default:
      return trouble.empty
        ? {
            title: 'Type a postcode or place',
            heading: 'Where shall we look?',
            body: [
              'Type a postcode or the name of an area. Or, if you would rather not say, browse by area or by kind of help.',
            ],
            field: 'Type a postcode, such as E8 1EA, or the name of an area',
            next: [],
          }
        : {
            title: 'Check the postcode or place',
            heading: 'We did not recognise that',
            body: [
              'A postcode has letters and numbers, such as E8 1EA. The first half, such as E8, will do too. So will the name of a town or an area, such as Homerton.',
            ],
            field:
              'That is not a postcode or a place we know. Type a postcode, such as E8 1EA, or the name of an area, such as Homerton',
            next: [],
          };
  }
}
