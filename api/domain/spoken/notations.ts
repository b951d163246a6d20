/** Ways of writing times that are not how people say them, put into words that are. */

const DAYS: Readonly<Record<string, string>> = {
  Mo: 'Monday',
  Tu: 'Tuesday',
  We: 'Wednesday',
  Th: 'Thursday',
  Fr: 'Friday',
  Sa: 'Saturday',
  Su: 'Sunday',
};
const PLACES: Readonly<Record<string, string>> = {
  1: 'first',
  2: 'second',
  3: 'third',
  4: 'fourth',
  5: 'fifth',
  '-1': 'last',
};

const DAY = `(?:${Object.keys(DAYS).join('|')})`;
const SELECTED = String.raw`${DAY}(?:\[-?\d(?:,-?\d){0,4}\]|\s?[-–]\s?${DAY})?`;
const SPAN = String.raw`\d{1,2}:\d\d\s?[-–]\s?\d{1,2}:\d\d`;
/** One rule of the opening hours of OpenStreetMap: 'Mo-Fr 09:00-12:00,13:00-17:00', 'Th[1] 10:00-12:00'. */
const RULE = new RegExp(
  String.raw`^(?<days>${SELECTED}(?:\s?,\s?${SELECTED}){0,6})(?:\s?:?\s(?<hours>${SPAN}(?:\s?,\s?${SPAN}){0,5}|off|closed))?$`,
);
const HOLIDAYS = /^(?:PH|SH,PH|PH,SH)\s(?:off|closed)$/;
/** Before the next rule, where a comma and not a semicolon stands between two. */
const NEXT_RULE = new RegExp(String.raw`(?<=\d),\s(?=${DAY}\b)`);

function selectedDays(selected: string): string {
  const [, from = '', places, to] =
    new RegExp(String.raw`^(${DAY})(?:\[([-\d,]+)\]|\s?[-–]\s?(${DAY}))?$`).exec(selected.trim()) ?? [];
  if (places === undefined) return to === undefined ? `${DAYS[from]}` : `${DAYS[from]} to ${DAYS[to]}`;
  const named = places.split(',').map((place) => PLACES[place] ?? place);
  return `${named.join(' and ')} ${DAYS[from]} of the month`;
}

function ruleInWords(rule: string): string | null {
  if (HOLIDAYS.test(rule)) return 'closed on bank holidays';
  const { days, hours } = RULE.exec(rule)?.groups ?? {};
  if (days === undefined) return null;
  // 'We' and 'Mo' alone may be words of somebody.
  if (hours === undefined && !/[-–,[]/.test(days)) return null;
  const named = days.split(/\s?,\s?(?![-\d])/).map(selectedDays);
  if (hours === 'off' || hours === 'closed') return `not on ${named.join(' and ')}`;
  return [named.join(', '), hours?.replace(/\s?,\s?/g, ' and ')].filter(Boolean).join(' ');
}

const OPENING =
  /(?:,\s|[,\s])?(?<!\()\bdoors?\s(?:open\s)?(?:at\s|from\s)?(\d{1,2}(?:[.:]\d\d)?(?:\s?[ap]m)?)(?![\d:)])/i;

/** A line about times as people say it: opening hours of OpenStreetMap, 'M-F', 'doors open 9.45am' as an aside. */
export function inPlainWords(line: string): string {
  const rules = line.trim().split(NEXT_RULE).map(ruleInWords);
  if (rules.every((rule) => rule !== null)) return rules.join('\n');
  return line.replace(/\bM\s?[-–]\s?F\b/g, 'Monday to Friday').replace(OPENING, ' (doors open $1)');
}
