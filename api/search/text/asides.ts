import { audiencesNamed, audiencesRuledOut, shareForAudience } from '../packed/audiences.ts';
import { highestAge, keptFor, lowestAge } from '../packed/row.ts';
import { stem } from './stem.ts';
import { fold, tokens } from './tokens.ts';

/** What somebody says beside what they look for: for whom it is, how old they are, and what it must not be. */
export interface Asides {
  /** Words that say who it is for, and not what it is about: 'my mum', 'a woman of 86'. They only colour. */
  people: ReadonlySet<string>;
  /** The audiences that are named, and those of which who asks is none (packed/audiences.ts). */
  named: number;
  ruledOut: number;
  /** Years, both ends included; null where no age is said. */
  ages: { from: number; to: number } | null;
  /** Stems of words that are said not to be wanted. */
  unwanted: ReadonlySet<string>;
}

const ONES = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const TENS = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];
const TEENS = ['thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen'];
const YEARS = new Map<string, number>([
  ...TEENS.map((word, at) => [word, 13 + at] as const),
  ...TENS.map((word, at) => [word, 20 + 10 * at] as const),
  ...TENS.flatMap((ten, at) => ONES.map((one, k) => [`${ten} ${one}`, 21 + 10 * at + k] as const)),
]);
const NUMBER = `\\d{1,3}|(?:${[...TENS, ...TEENS].join('|')})(?:[- ](?:${ONES.join('|')}))?`;
const OLD = '[- ]?(?:years?|yrs?|yo|y/o)\\b(?:[- ]?olds?\\b)?';
/** 'Aged 86', 'over 60s'; '86 year old', '78yo'; 'a woman of 86', 'is 86'. The first group says from or up to where. */
const SAID_AGES: readonly RegExp[] = [
  new RegExp(`\\b(over|under|aged?|turning)[- ](${NUMBER})'?s?\\b(?:${OLD})?`),
  new RegExp(`()\\b(${NUMBER})${OLD}`),
  new RegExp(
    `\\b(?:is|im|am|of|at)() (${NUMBER})\\b(?! ?(?:months?|weeks?|days?|hours?|minutes?|miles?|pounds?|am|pm))`,
  ),
];
/** A number at the end that can hardly be anything else. */
const LAST_AGE = /()\b(6[5-9]|[7-9]\d)$/;
const DECADE = /\bin (?:his|her|my|their|our) (?:(?:early|mid|late) )?([2-9])0s\b/;
const STAGES: readonly { words: RegExp; from: number; to: number }[] = [
  { words: /\b(?:teenagers?|teenage|teens?|adolescents?)\b/, from: 11, to: 19 },
  { words: /\b(?:pensioners?|elderly|oaps?)\b/, from: 60, to: 120 },
  { words: /\badults?\b(?! (?:education|literacy|learning|social care))/, from: 18, to: 120 },
];
const OLDEST = 120;
/** In shorter sayings without 'old' a small number is of something else: 'at 3', 'of 2'. */
const YOUNGEST_SAID = 13;

function agesIn(text: string): { from: number; to: number; words: string[] } | null {
  for (const [at, pattern] of [...SAID_AGES, LAST_AGE].entries()) {
    const [said = '', from = '', number = ''] = pattern.exec(text) ?? [];
    const years = YEARS.get(number.replace('-', ' ')) ?? Number(number);
    if (said === '' || years > OLDEST || (at >= 2 && years < YOUNGEST_SAID)) continue;
    const words = tokens(said);
    if (from === 'over') return { from: years, to: OLDEST, words };
    if (from === 'under') return { from: 0, to: Math.max(0, years - 1), words };
    return { from: years, to: years, words };
  }
  const decade = DECADE.exec(text);
  if (decade) return { from: Number(decade[1]) * 10, to: Number(decade[1]) * 10 + 9, words: tokens(decade[0]) };
  const stage = STAGES.find(({ words }) => words.test(text));
  return stage ? { from: stage.from, to: stage.to, words: [] } : null;
}

const RELATIONS =
  `mum|mother|mom|mam|dad|father|parents?|husband|wife|partner|nan|nana|gran|granny|grandma|grandmother|grandad|
  grandfather|aunt|auntie|uncle|sister|brother|son|daughter|friend|neighbour|boyfriend|girlfriend|patient|client`.replace(
    /\s+/g,
    '',
  );
const RELATION = new RegExp(
  `\\b(?:my|his|her|our|their|your) (?:(?:elderly|old|older|dear|late|best|own) )?(${RELATIONS})(?:'?s)?\\b`,
  'g',
);
const SOMEBODY =
  /\b(?:a|an|the|this|that|for|old|young|elderly|housebound|disabled|lonely) (woman|man|lady|gentleman|guy|girl|boy|bloke|fella)\b/g;

/** What people say that they do not want. Most of what somebody is 'without' is what they need: no money, no food, no papers. */
const UNWANTED =
  `religious|religion|faith|god|church|prayers?|hills?|hilly|steep|exercises?|sports?|gym|competitive|competition|alcohol|pubs?|groups?|online|
  zoom|video|computers?|screens?|internet|smartphones?|medication|singing|dancing|swimming|walking|stairs|kids|children|dogs?|women|men`.replace(
    /\s+/g,
    '',
  );
const NEGATED = new RegExp(
  `\\b(?:no|not|non|nothing|without|isn'?t|avoid|hates?|dislikes?|(?:dont|don't|doesnt|doesn't|not) (?:want|like|do))[- ](?:(?:a|an|any|the|too|very|just|to do|doing|going to|at all) )*(${UNWANTED})\\b`,
  'g',
);

/** Whatever is said so is not wanted ('meditation, not Buddhist'), unless it says how somebody is. */
const HOW_SOMEBODY_IS =
  'sure|able|well|ready|eligible|entitled|allowed|diagnosed|paid|working|sleeping|eating|coping|managing|getting|living|safe|happy|enough|much|just|only|always|too|very|in|at|on|from|for|with|to|yet|so|as';
const SAID_NOT_SO = new RegExp(
  `(?:,|\\bbut) not (?:(?:a|an|the|too|very) )*(?!(?:${HOW_SOMEBODY_IS})\\b)([a-z]{3,})\\b`,
  'g',
);

/** Reads what is said beside what is looked for. */
export function readAsides(typed: string): Asides {
  const text = fold(typed).replaceAll('’', "'").trim();
  const negated = [NEGATED, SAID_NOT_SO].flatMap((pattern) => [...text.matchAll(pattern)]);
  const unwanted = new Set(negated.map(([, word = '']) => stem(word)));
  const wanted = unwanted.size === 0 ? text : text.replaceAll(NEGATED, ' ').replaceAll(SAID_NOT_SO, ' ');
  const words = tokens(wanted);
  const ages = agesIn(wanted);
  const people = [...wanted.matchAll(RELATION), ...wanted.matchAll(SOMEBODY)].map(([, word = '']) => word);
  return {
    people: new Set([...people, ...(ages?.words ?? [])]),
    named: audiencesNamed(words),
    ruledOut:
      audiencesRuledOut(words) |
      audiencesRuledOut([...unwanted].map((word) => (word === 'man' ? 'women' : word === 'woman' ? 'men' : ''))),
    ages: ages && { from: ages.from, to: ages.to },
    unwanted,
  };
}

/** What the fit of a listing keeps that is for others than who asks. */
const FOR_OTHERS = 1 / 8;

/**
 * What the fit of a listing keeps for whom it is.
 * @param standing of its row, as `spans` (packed/row.ts)
 */
export function shareForWhom({ named, ruledOut, ages }: Asides, standing: number, spans: number): number {
  const kept = keptFor(standing);
  if ((kept & ruledOut) !== 0) return FOR_OTHERS;
  if (ages !== null && (lowestAge(spans) > ages.to || highestAge(spans) < ages.from)) return FOR_OTHERS;
  return shareForAudience(kept, named);
}
