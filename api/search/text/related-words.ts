import { lookUp } from '../../domain/look-up.ts';

/**
 * The thing of a person or an adjective: 'walkers' go walking, who is 'arthritic' has arthritis. Not the other way round: who
 * types 'befriending' wants a visit, and not to become a befriender. These are guesses by the endings of English words:
 * whether a guess is a word at all, the caller asks of the listings and the vocabulary.
 */

/** Words that end like a person or an adjective, and are none. */
const OTHERS: ReadonlySet<string> = new Set(
  `letter better matter youngster minister monster register shower flower tower corner water summer winter dinner former poster paper other counter over order
  offer under number after never ever power lower higher answer master litter butter computer supper mother father
  brother sister daughter partner member centre river silver finger anger hunger danger theatre easter border
  public music topic clinic basic picnic panic comic fabric organic wedding building morning evening meeting feeling
  carer worker user pensioner prisoner older elder holder manager drawer cooker
  during thing nothing something anything everything being spring string king ring wing list`.split(/\s+/),
);

/** What is put in the place of an ending. */
const ENDINGS: Record<string, readonly string[]> = {
  // Walker, knitter; counsellor.
  er: ['ing'],
  // Fraudster, prankster.
  ster: [''],
  or: ['ing'],
  // Asthmatic, autistic, epileptic and psychotic, before arthritic, diabetic, dyslexic, rheumatic, alcoholic.
  atic: ['a', 'atism', 'atoid'],
  stic: ['sm'],
  tic: ['sy', 'sis', 'tis', 'tes', 'y'],
  ic: ['is', 'ism', 'ia', 'y', 'es', 'ics'],
  holic: ['hol', 'holism'],
  // Therapist, pianist, cyclist.
  ist: ['y', 'o', 'ing', 'ics'],
};
const LONGEST_ENDING = 5;
/** A shorter beginning is of anything: 'over', 'king'. */
const SHORTEST_BEGINNING = 3;

/** In one number, as people and things are named. */
const one = (word: string): string => (/[^s]s$/.test(word) && !/(is|us|tes)$/.test(word) ? word.slice(0, -1) : word);

/**
 * What a word may be the person or the adjective of; guesses, best first.
 * @param word as tokens.ts makes them
 */
export function relatedWords(word: string): string[] {
  const base = one(word);
  if (OTHERS.has(base)) return [];
  const found: string[] = [];
  for (let length = Math.min(LONGEST_ENDING, base.length - SHORTEST_BEGINNING); length >= 2; length--) {
    const beginning = base.slice(0, -length);
    for (const ending of lookUp(ENDINGS, base.slice(-length)) ?? []) found.push(beginning + ending);
  }
  return found.filter((other) => !OTHERS.has(other));
}
