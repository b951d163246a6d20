/**
 * Days and times in Welsh, turned into the English words that the rest reads: 'bob dydd Mawrth, 2 tan 4', 'nos Iau 7pm',
 * 'dydd Mercher olaf y mis'. Only in a line that names a day or a month in Welsh, since 'a', 'i' and 'o' are words of both
 * languages. Words after 'nos' and 'bore', and numbers, change their first letter; both forms stand here.
 */

const DAYS: readonly (readonly [string, string])[] = [
  ['ll?un', 'monday'],
  ['[mf]awrth', 'tuesday'],
  ['[mf]ercher', 'wednesday'],
  ['iau', 'thursday'],
  ['g?wener', 'friday'],
  ['sadwrn', 'saturday'],
  ['sul', 'sunday'],
];
const DAY = DAYS.map(([name]) => name).join('|');

const MONTHS: readonly (readonly [string, string])[] = [
  ['ionawr', 'january'],
  ['ch?wefror', 'february'],
  ['[mf]awrth', 'march'],
  ['ebrill', 'april'],
  ['[mf]ai', 'may'],
  ['[mf]ehefin', 'june'],
  ['g?orffenn?af', 'july'],
  ['awst', 'august'],
  ['[mf]edi', 'september'],
  ['hydref', 'october'],
  ['d?th?achwedd', 'november'],
  ['rh?agfyr', 'december'],
];
const MONTH = MONTHS.map(([name]) => name).join('|');

/** Names that are nothing else: 'iau' and 'mai' alone are too short to tell a language by. */
const IS_WELSH = new RegExp(
  `\\b(?:(?:(?:ar ?)?d?dydd|nos|bore|prynhawn|pnawn|bob)\\s+(?:${DAY})|mercher|gwener|sadwrn|ionawr|chwefror|ebrill|mehefin|gorffen+af|awst|hydref|tachwedd|rhagfyr|bob (?:pythefnos|wythnos)|dyddiau?|(?:${DAY})\\s+i\\s+(?:${DAY}))\\b`,
);

/** Halves of the day behind a figure, 'y bore' and 'y prynhawn' or 'yr hwyr' cut short: they are words of Welsh alone. */
const HALVES: readonly [RegExp, string][] = [
  [/(?<=\d)\s*y\.?b\b\.?/g, 'am'],
  [/(?<=\d)\s*y\.?[ph]\b\.?/g, 'pm'],
];

const englishDay = (word: string): string => DAYS.find(([name]) => new RegExp(`^(?:${name})$`).test(word))?.[1] ?? word;
const englishMonth = (word: string): string =>
  MONTHS.find(([name]) => new RegExp(`^(?:${name})$`).test(word))?.[1] ?? word;

/** In this order: what is longer first. */
const WORDS: readonly [RegExp, string][] = [
  [/\b(?:ar ?)?d?dydd\s+(?=(?:mon|tues|wednes|thurs|fri|satur|sun)day)/g, ''],
  [/\bpob pythefnos\b|\b[pb]ob yn ail wythnos\b|\bbob pythefnos\b|\bbythefnos\b/g, ' fortnightly '],
  [/\b[bp]ob wythnos\b/g, ' every week '],
  [/\b[bp]ob mis\b|\byn fisol\b|\bmisol\b/g, ' monthly '],
  [/\bo'?r mis\b|\by mis\b/g, ' of the month '],
  [
    /\b(?:yn ystod |yn )?(?:y )?tymor(?: yr?)? ysgol(?: yn unig)?\b|\byn ystod y tymor\b|\btymor yn unig\b/g,
    ' termtime ',
  ],
  [/\bgwyliau(?:'r)? banc\b|\bg[wŵ]yl y? ?banc\b/g, ' bank holidays '],
  [/\bac eithrio\b|\bheblaw(?: am)?\b/g, ' except '],
  [/\bar gau\b/g, ' closed '],
  [/\b[bp]ob dydd\b/g, ' every day '],
  [/\b[bp]ob\b/g, ' every '],
  [/\by?r? ?(?:dydd|ddydd|dyddiau)\b/g, ' '],
  [/\bcyntaf\b/g, 'first'],
  [/\bolaf\b/g, 'last'],
  [/\bail\b/g, 'second'],
  [/\btrydydd\b|\bdrydydd\b/g, 'third'],
  [/\bpedwerydd\b|\bbedwerydd\b/g, 'fourth'],
  [/\bhanner dydd\b/g, ' noon '],
  [/\b(?:tan|hyd|hyd at)\b/g, ' until '],
  [/\bo\b|\bam\b(?=\s*\d)/g, ' from '],
  [/\bi\b/g, ' to '],
  [/\bac?\b|\bhefyd\b/g, ' and '],
  [/\byn y bore\b/g, ' in the morning '],
  [/\byn y (?:prynhawn|pnawn)\b/g, ' in the afternoon '],
  [/\byn yr hwyr\b|\bgyda'r nos\b/g, ' in the evening '],
];

/** The line in English words where it names its days or months in Welsh; else as it is. Lower case. */
export function fromWelsh(line: string): string {
  const timed = HALVES.reduce((text, [pattern, english]) => text.replace(pattern, english), line);
  if (timed === line && !IS_WELSH.test(line)) return line;
  let text = timed
    .replace(/\bhanner dydd\b/g, ' noon ')
    // 'Mawrth' is a month behind a number, a day elsewhere.
    .replace(
      new RegExp(`(\\d(?:st|nd|rd|th|af|ain|eg|fed|ydd)?\\s*(?:o\\s+)?)(${MONTH})\\b`, 'g'),
      (_, day, month) => `${day} ${englishMonth(month)}`,
    )
    .replace(
      new RegExp(`\\b(bore|prynhawn|pnawn|nos)\\s+(?:dydd\\s+)?(${DAY})\\b`, 'g'),
      (_, part, day) =>
        `${englishDay(day)} ${part === 'bore' ? 'mornings' : part === 'nos' ? 'evenings' : 'afternoons'}`,
    )
    .replace(
      new RegExp(`\\b(?:d?dydd\\s+)?(${DAY})\\s+(cyntaf|olaf)\\b`, 'g'),
      (_, day, place) => `${place} ${englishDay(day)}`,
    )
    .replace(new RegExp(`\\b(${DAY})\\b`, 'g'), (_, day) => englishDay(day))
    .replace(new RegExp(`\\b(${MONTH})\\b`, 'g'), (_, month) => englishMonth(month));
  for (const [pattern, english] of WORDS) text = text.replace(pattern, english);
  return text;
}
