import { lookUp } from '../domain/look-up.ts';
import { tokens } from '../search/text/tokens.ts';

/**
 * Words of names as they are compared: what people write in two ways ('St', 'Saint'; 'Ctr', 'centre'; 'cafés') becomes
 * one word, and how much a word says about which thing is meant becomes a weight.
 */

/** Words that make no difference when they are left out. */
const SILENT = new Set('a an and at by for from in of on or the to with y yr'.split(' '));

/** What is written in several ways, and the one that is kept; some abbreviations stand for several words. */
const WRITTEN_AS: Record<string, string> = {
  saint: 'st',
  // 'St' is Saint before a name and Street after one; here both become the same.
  street: 'st',
  road: 'rd',
  avenue: 'ave',
  av: 'ave',
  lane: 'ln',
  drive: 'dr',
  close: 'cl',
  crescent: 'cres',
  terrace: 'terr',
  gardens: 'gdn',
  gdns: 'gdn',
  garden: 'gdn',
  square: 'sq',
  place: 'pl',
  court: 'ct',
  house: 'hse',
  center: 'centre',
  ctr: 'centre',
  cntr: 'centre',
  cent: 'centre',
  comm: 'community',
  commty: 'community',
  cmty: 'community',
  assoc: 'association',
  assn: 'association',
  grp: 'group',
  meth: 'methodist',
  bapt: 'baptist',
  urc: 'united reformed church',
  cofe: 'church england',
  sch: 'school',
  // Many Welsh names say the same twice: 'Llyfrgell Llandudno Library'.
  llyfrgell: 'library',
  canolfan: 'centre',
  neuadd: 'hall',
  eglwys: 'church',
  capel: 'chapel',
  mt: 'mount',
  hosp: 'hospital',
  dept: 'department',
  exercises: 'exercise',
  over50: 'over 50',
  over60: 'over 60',
  mon: 'monday',
  tue: 'tuesday',
  tues: 'tuesday',
  wed: 'wednesday',
  weds: 'wednesday',
  thu: 'thursday',
  thur: 'thursday',
  thurs: 'thursday',
  fri: 'friday',
  sat: 'saturday',
  sun: 'sunday',
  first: '1st',
  second: '2nd',
  third: '3rd',
  fourth: '4th',
  one: '1',
  two: '2',
  three: '3',
};

const DAYS = new Set('monday tuesday wednesday thursday friday saturday sunday'.split(' '));

/** Sorts of places: two of one name that are different sorts are two things, however near (Skipton library and church). */
const SORTS: Record<string, string> = Object.fromEntries(
  Object.entries({
    library: 'library',
    worship: 'church chapel cathedral mosque masjid synagogue temple gurdwara minster',
    school: 'school college academy university nursery',
    museum: 'museum gallery',
    theatre: 'theatre cinema',
    pub: 'pub inn arm tavern',
    sport: 'leisure swimming pool gym stadium',
    surgery: 'surgery hospital pharmacy',
    shop: 'shop supermarket store',
  }).flatMap(([sort, words]) => words.split(' ').map((word) => [word, sort])),
);

/** Words that half of all names hold: they say little. */
const COMMON = new Set(
  `community centre church hall hub club group cafe place association trust service project society town village parish
  council city support information house hse st pl library memorial social activity class uk charity foundation org organisation
  organization team`.split(/\s+/),
);
const COMMON_WEIGHT = 0.4;
/** Words that one directory adds to every name and another never adds. */
const FILLING = new Set(
  'warm space welcome welcoming room drop meeting session free local open weekly cic ltd limited'.split(' '),
);

const singular = (word: string): string => {
  if (word.length < 5 || word.endsWith('ss')) return word;
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  return word.endsWith('s') ? word.slice(0, -1) : word;
};

/** A name as it is compared. Equal texts have equal words. */
export interface NameWords {
  text: string;
  words: string[];
}

/** The words of a name, without those that say nothing; a name of nothing else keeps them. */
export function nameWordsOf(text: string): NameWords {
  const all = tokens(text).flatMap((word) =>
    (lookUp(WRITTEN_AS, word) ?? lookUp(WRITTEN_AS, singular(word)) ?? singular(word)).split(' '),
  );
  const distinct = [...new Set(all)];
  const spoken = distinct.filter((word) => !SILENT.has(word));
  const telling = spoken.filter((word) => !FILLING.has(word));
  return { text, words: telling.length > 0 ? telling : spoken.length > 0 ? spoken : distinct };
}

/** How much a word says, 0 to 1. */
export const weightOf = (word: string): number => (COMMON.has(word) || FILLING.has(word) ? COMMON_WEIGHT : 1);

/**
 * Words that say for whom something is, or how it is had. They tell two things apart even where a house or an organization
 * is called after them: 'Young carers coffee' and 'Carers coffee' of the Young Carers Trust.
 */
const TELLING_APART = new Set(
  `young youth junior senior older adult teen teenager toddler baby infant child kid boy girl man men male woman women female
  lady dad father mum mother parent grandparent family carer sibling partner student staff volunteer member beginner improver
  intermediate advanced online virtual telephone phone delivery collection takeaway appointment referral outreach mobile
  transport daytime evening morning afternoon night weekend lgbt deaf blind aphasia dementia autism`.split(/\s+/),
);
export const tellsApart = (word: string): boolean => TELLING_APART.has(word);

/** The weekdays that a name holds ('Tuesday yoga'): two of one name on two days are two things. */
export const weekdaysIn = ({ words }: NameWords): string[] => words.filter((word) => DAYS.has(word));

/** The sorts of places that a name holds. */
export const sortsIn = ({ words }: NameWords): Set<string> =>
  new Set(words.flatMap((word) => lookUp(SORTS, word) ?? []));

/** The consonants of a word: what is left when vowels and doubled letters are taken for mistakes. */
export function skeleton(word: string): string {
  const bones = word
    .replace(/ph/g, 'f')
    .replace(/c[hk]?|q/g, 'k')
    .replace(/z/g, 's');
  return (
    bones.charAt(0) +
    bones
      .slice(1)
      .replace(/[aeiouyhw]/g, '')
      .replace(/(.)\1+/g, '$1')
  );
}
