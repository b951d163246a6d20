/**
 * What in a text leads people somewhere: web addresses, addresses for mail, names on social media, numbers to ring. They are
 * found by their form and in any spelling, since whoever means harm writes 'evil[.]com', '０９００–123.456' or 'pay at evil dot
 * online' as readily as the plain form. Every step reads the text once, so that a long one costs its length.
 */

export interface Leads {
  /** Small letters, without what only introduces or ends them. */
  links: ReadonlySet<string>;
  /** Digits alone, a British number without +44; one for each row of digits, whatever is between them. */
  numbers: readonly string[];
}

/** Fewer digits are a price, a time or a room, and too few to ring somebody far away. */
const LEAST_DIGITS = 7;

/** Digits as they are said, in English and in Welsh. */
const DIGIT_WORDS: Readonly<Record<string, string>> = Object.fromEntries(
  [
    'zero nought oh dim sero',
    'one un',
    'two dau dwy',
    'three tri tair',
    'four pedwar pedair',
    'five pump',
    'six chwech',
    'seven saith',
    'eight wyth',
    'nine naw',
  ].flatMap((names, digit) => names.split(' ').map((name) => [name, String(digit)])),
);
const TENS: Readonly<Record<string, string>> = Object.fromEntries(
  'ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'
    .split(' ')
    .map((name, at) => [name, String(10 + at)]),
);
const NUMBER_WORDS: Readonly<Record<string, string>> = { ...DIGIT_WORDS, ...TENS, hundred: '00' };
const NUMBER_WORD = wholeWord(Object.keys(NUMBER_WORDS));
/** 'double seven': the digit that comes next, so many times. */
const TIMES: Readonly<Record<string, number>> = { double: 2, dwbl: 2, treble: 3, triple: 3 };
const REPEATED = new RegExp(`(?<!\\p{L})(${Object.keys(TIMES).join('|')})[\\s-]{1,3}(\\d)(?!\\p{N})`, 'gu');
/** 'o seven', 'double o nine': a nought beside other digits. */
const LONE_O =
  /(?<=\p{N}[\s,-]{1,3}|(?:double|treble|triple)[\s-]{1,3})o(?![\p{L}\p{N}])|(?<![\p{L}\p{N}])o(?=[\s,-]{1,3}(?:\p{N}|o(?!\p{L})|(?:double|treble|triple)[\s-]))/gu;
/** What people say between the parts of a number, so that a list of them is one row. */
const BETWEEN =
  /(?<=\p{N}[\s,;]{0,3})(?:and\s{1,3}then|followed\s{1,3}by|then|dash|hyphen|space|gap|wedyn)(?=[\s,:]{1,3}\p{N})/gu;

function wholeWord(words: readonly string[]): RegExp {
  return new RegExp(`(?<!\\p{L})(?:${words.join('|')})(?!\\p{L})`, 'gu');
}

/**
 * The dot of 'evil. com'. A sentence ends so, too: what comes next is no word, or one that begins no sentence since it is
 * written small.
 */
const BROKEN =
  /(?<=[\p{L}\p{N}])\.\s{1,3}(?=(?:[Cc][Oo][Mm]|[Nn][Ee][Tt]|[Oo][Rr][Gg]|[Cc][Oo]\.|[Uu][Kk]|[Ii][Nn][Ff][Oo]|[Bb][Ii][Zz]|[Xx][Yy][Zz]|ai|app|cc|charity|click|club|cymru|de|dev|eu|gov|help|io|ly|link|live|london|me|ngo|nhs|online|page|ru|scot|shop|site|store|top|tv|wales|web|world)(?![\p{L}\p{N}]))/gu;

/** One spelling for all: full-width and styled letters made plain, what nobody sees taken out, small letters. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replaceAll(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replaceAll(BROKEN, '.')
    .toLowerCase();

/** Dots and at-signs that are written out or dressed up, as the signs that they stand for. */
const withSigns = (text: string): string =>
  text
    // As an address bar or a page would read it.
    .replaceAll(/%2e|&#(?:46|x2e);/g, '.')
    .replaceAll(/\s{0,5}[([{<]\s{0,5}(?:\.|dot)\s{0,5}[)\]}>]\s{0,5}/g, '.')
    .replaceAll(/\s{0,5}[([{<]\s{0,5}(?:@|at)\s{0,5}[)\]}>]\s{0,5}/g, '@')
    .replaceAll(/(?<=[\p{L}\p{N}])[\s_*~|-]{1,5}dot[\s_*~|-]{1,5}(?=[\p{L}\p{N}])/gu, '.')
    .replaceAll(/(?<=[\p{L}\p{N}])[·•∙⋅・‧](?=\p{L}{2})/gu, '.')
    // A dot that is called otherwise, where what comes next cannot be a word of the sentence.
    .replaceAll(
      /(?<=[\p{L}\p{N}])\s{1,3}(?:full\s?stop|period|point)\s{1,3}(?=(?:biz|co|com|cymru|info|net|org|uk|xyz)(?![\p{L}\p{N}]))/gu,
      '.',
    )
    .replaceAll(/(?<=[\p{L}\p{N}])[,:](?=(?:com|net|org|co\.uk)(?![\p{L}\p{N}]))/gu, '.')
    // The full stop of Chinese and Japanese: a domain takes it for a dot, a sentence of theirs has no blank after it.
    .replaceAll(/(?<=[a-z\d])[。｡](?=[a-z\d])/g, '.')
    .replaceAll(/(?<=[\p{L}\p{N}])\s{1,3}\.\s{0,3}(?=\p{L}{2})/gu, '.');

const LINK =
  /[a-z][a-z\d+.-]{0,20}:\/\/|[\p{L}\p{N}_.+-]@[\p{L}\p{N}]|(?<![\p{L}\p{N}])@[\p{L}_][\p{L}\p{N}_]|[\p{L}\p{N}\p{M}\p{So}_-]\.(?:\p{L}\p{M}?\p{L}|xn--)|(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])/u;

function linksIn(text: string): Set<string> {
  const words = withSigns(text).split(/\s+/);
  return new Set(
    words
      .filter((word) => LINK.test(word))
      .map((word) =>
        word
          .replace(/^[^\p{L}\p{N}@]+/u, '')
          .replace(/[^\p{L}\p{N}/]{1,20}$/u, '')
          .replace(/^(?:[a-z]{2,8}:\/\/)?(?:www\.)?/, '')
          .replace(/\/$/, ''),
      ),
  );
}

/** A time, 10:30 or 10.30; a day, 24/12/2026; a year. */
const TIME = /^(?:[01]?\d|2[0-3])[:.][0-5]\d$/;
const DAY =
  /^(?:(?:[0-2]?\d|3[01])([/.-])(?:0?\d|1[0-2])\1(?:(?:19|20)\d\d|\d\d)|(?:19|20)\d\d-(?:0\d|1[0-2])-(?:[0-2]\d|3[01]))$/;
const YEAR = /^(?:19|20)\d\d(?:[/-]\d\d)?$/;

const minutesOf = (time: string): number => {
  const [hours = 0, minutes = 0] = time.split(/[:.]/).map(Number);
  return hours * 60 + minutes;
};

/** Whether digits say when something is: days and years, and times that go forward. */
function saysWhen(digits: string): boolean {
  let last = -1;
  const parts = digits.replaceAll(/\s+/g, ' ').split(/ ?[,;–—] ?| - | |(?<=[:.]\d\d)[/-](?=\d)/);
  return parts.every((part) => {
    if (DAY.test(part) || YEAR.test(part)) {
      last = -1;
      return true;
    }
    const from = last;
    last = TIME.test(part) ? minutesOf(part) : Number.NEGATIVE_INFINITY;
    return last > from;
  });
}

/** Digits alone, a British number as it is rung within the country. */
const digitsOf = (row: string): string =>
  row.replace(/^(?:\+|00)\s?44[\s).-]{0,3}(?:\(0\)|0)?/, '0').replaceAll(/[^\p{N}]+/gu, '');

function rowsOfDigits(text: string): string[] {
  const said = text
    // 'O9OO l23': letters that stand for digits, in a word of nothing else.
    .replaceAll(/(?<![\p{L}\p{N}])[oil\d]{1,40}(?![\p{L}\p{N}])/gu, (word) =>
      /\d/.test(word) ? word.replaceAll('o', '0').replaceAll(/[il]/g, '1') : word,
    )
    .replaceAll(NUMBER_WORD, (word) => NUMBER_WORDS[word] as string)
    .replaceAll(LONE_O, '0')
    .replaceAll(REPEATED, (_, times: string, digit: string) => digit.repeat(TIMES[times] as number))
    .replaceAll(BETWEEN, ' ')
    // A price is no part of a number.
    .replaceAll(/[£€$]\s?(?:0|[1-9]\d{0,3}|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d\d?)?(?![\p{N}])/gu, ' x ');
  return said.match(/\+?\p{N}(?:[^\p{L}\p{N}]*\p{N})*/gu) ?? [];
}

const rowsLongEnough = (text: string): string[] =>
  rowsOfDigits(text).filter((row) => digitsOf(row).length >= LEAST_DIGITS && !saysWhen(row));

/** What in a text leads somewhere. */
export function leadsIn(text: string): Leads {
  const said = plain(text);
  return { links: linksIn(said), numbers: rowsLongEnough(said).map(digitsOf) };
}

/**
 * Whether a text leads somewhere that is not known yet.
 * @param known what leads from all that was there before
 */
export function leadsElsewhere(known: Leads, text: string): boolean {
  const said = plain(text);
  for (const link of linksIn(said)) if (!known.links.has(link)) return true;
  const isKnown = (digits: string) => known.numbers.some((number) => number.includes(digits));
  return rowsLongEnough(said).some((row) => {
    // Two numbers that are known may stand beside each other, or beside a time.
    const strange = row
      .split(/[\n,;/|]+/)
      .map(digitsOf)
      .filter((digits) => digits.length < LEAST_DIGITS || !isKnown(digits))
      .join('');
    return strange.length >= LEAST_DIGITS && !isKnown(strange);
  });
}
