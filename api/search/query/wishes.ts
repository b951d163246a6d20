import { tagOfName } from '../../domain/languages/names.ts';
import { dayOf, weekdayOf } from '../../domain/london.ts';
import { ACCESS, ACCESS_FEATURES, type AccessFeature } from '../../domain/questions.ts';
import { WEEKDAYS } from '../../domain/service.ts';
import { AGE_GROUPS, type FacetName, facetOf, valuesOf } from '../facets.ts';
import { readAsides } from '../text/asides.ts';
import { fold } from '../text/tokens.ts';
import type { Filters, SearchAnswer } from '../types.ts';

/** Filters that are said in words: 'Tuesday mornings', 'free', 'step-free', 'in Turkish', 'at home'. */

/** A filter that was said, with its name for people. */
export interface Wish {
  filter: FacetName;
  value: string;
  label: string;
}

interface Span {
  from: number;
  to: number;
}
const isWithin = (ages: Span, group: Span): boolean => ages.from >= group.from && ages.to <= group.to;

type Rule = readonly [said: RegExp, facet: FacetName, ...values: string[]];

const NOT_FREE = `(?<!\\b(?:step|gluten|dairy|smoke|drug|alcohol|drink|sugar|pain|debt|feel|brace|barrier|be|get|break|no)[- ])`;
const RULES: readonly Rule[] = [
  [/\bmon(?:day)?s?\b/, 'day', 'MO'],
  [/\btue(?:s|sdays?)?\b/, 'day', 'TU'],
  [/\bwed(?:s|nesdays?)?\b/, 'day', 'WE'],
  [/\bthu(?:rs?|rsdays?)?\b/, 'day', 'TH'],
  [/\bfri(?:days?)?\b/, 'day', 'FR'],
  [/\bsaturdays?\b/, 'day', 'SA'],
  [/\bsundays?\b/, 'day', 'SU'],
  [/\btoday\b|\btonight\b|\bright now\b/, 'when', 'today'],
  [/\bthis week\b(?!end)|\b(?:in the )?next (?:seven|7) days\b/, 'when', 'week'],
  [/\bweekends?\b/, 'day', 'SA', 'SU'],
  [/\bweekdays?\b/, 'day', 'MO', 'TU', 'WE', 'TH', 'FR'],
  [/\bmornings?\b(?! after)/, 'time', 'morning'],
  [/\bafternoons?\b/, 'time', 'afternoon'],
  [/\bevenings?\b|\btonight\b|\bafter work\b/, 'time', 'evening'],
  [
    new RegExp(
      `${NOT_FREE}\\bfree\\b(?! (?:school|time|will|bus|travel|prescriptions?|from|range|standing|wifi))|\\bno (?:cost|charge|fee)\\b`,
    ),
    'cost',
    'free',
  ],
  [
    /\bonline\b(?! (?:banking|shopping|scams?|safety|abuse|dating|gambling))|\b(?:on|by|over|via) (?:zoom|video)\b|\bvirtual\b/,
    'mode',
    'online',
  ],
  [
    /\b(?:by|over|on) the (?:tele)?phone\b|\bby (?:tele)?phone\b|\btelephone (?:support|befriending|counselling|advice)\b/,
    'mode',
    'phone',
  ],
  [
    /\b(?:come|comes|visits?) (?:to )?(?:me|us|her|him|them|my house|my home)\b|\b(?:in|at) (?:my|her|his|their|our) (?:own )?home\b|\bhome visits?\b|\bhousebound\b/,
    'mode',
    'at_home',
  ],
  [/\b(?:in person|face to face|face-to-face)\b/, 'mode', 'in_person'],
  [
    /\bdrop[- ]?in\b|\b(?:just )?turn up\b|\bwithout (?:booking|an? appointment)\b|\bno (?:booking|appointment)\b/,
    'join',
    'drop_in',
  ],
  [/\bself[- ]?refer(?:ral|s)?\b|\b(?:without|no) (?:a )?(?:gp )?referral\b/, 'join', 'self_refer', 'drop_in'],
  ...ACCESS.flatMap((feature): Rule[] => {
    const { said }: AccessFeature = ACCESS_FEATURES[feature];
    return said ? [[said, 'access', feature]] : [];
  }),
];
/** 'In Turkish', 'Turkish-speaking', 'speaks Turkish'. English is spoken nearly everywhere. */
const LANGUAGE = /\bin (\p{L}+)\b|\b(\p{L}+)[- ]speak(?:ing|ers?)\b|\bspeaks? (\p{L}+)\b/gu;
const TOMORROW = /\btomorrow\b/;

const labelOf = (facet: FacetName, value: string): string =>
  facetOf(facet).values[value] ?? facetOf(facet).codes?.label?.(value) ?? value;

/**
 * The filters that what was typed says, in the order of its rules.
 * @param today 'YYYY-MM-DD', for 'tomorrow', which says a weekday: whether it meets on that day, its card says
 */
export function readWishes(typed: string, today: string): Wish[] {
  const text = fold(typed).replaceAll('’', "'");
  const wishes = new Map<string, Wish>();
  const wish = (filter: FacetName, value: string, label = labelOf(filter, value)) => {
    const key = `${filter}=${value}`;
    if (!wishes.has(key)) wishes.set(key, { filter, value, label });
  };
  for (const [said, facet, ...values] of RULES) if (said.test(text)) for (const value of values) wish(facet, value);
  const tomorrow = WEEKDAYS[weekdayOf(dayOf(today) + 1)]!;
  if (TOMORROW.test(text)) wish('day', tomorrow, `${labelOf('day', tomorrow)}, as tomorrow`);
  for (const [, ...names] of text.matchAll(LANGUAGE)) {
    const code = tagOfName(names.find((name) => name !== undefined) ?? '');
    if (code !== undefined && code !== 'en' && /^[a-z]{2,3}$/.test(code)) wish('language', code);
  }
  const { ages } = readAsides(typed);
  const group = ages && valuesOf('age').find((name) => isWithin(ages, AGE_GROUPS[name]));
  if (group) wish('age', group);
  return [...wishes.values()];
}

/** The wishes as filters, one for each facet: several values of one widen it. */
export function wishedFilters(wishes: readonly Wish[]): Filters[] {
  const values = new Map<FacetName, string[]>();
  for (const { filter, value } of wishes) values.set(filter, [...(values.get(filter) ?? []), value]);
  return [...values].map(([name, [first = '', ...rest]]) => {
    if (name === 'age') return { age: AGE_GROUPS[first as keyof typeof AGE_GROUPS] };
    return { [name]: facetOf(name).chosen === 'one' ? first : [first, ...rest] } as Filters;
  });
}

/**
 * The wishes by which an answer can be narrowed down: those of which something is left.
 * @param answer to what was typed
 */
export const narrowedBy = (wishes: readonly Wish[], { counts }: SearchAnswer): (Wish & { total: number })[] =>
  wishes.flatMap((wish) => {
    const total = counts.of(wish.filter)[wish.value];
    return total ? [{ ...wish, total }] : [];
  });
