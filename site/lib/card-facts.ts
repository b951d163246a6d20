import { isSortedByWords, isUnsorted } from '#api/domain/guesses.ts';
import { ACCESS } from '#api/domain/service.ts';
import {
  ACCESS_LABELS,
  ATTENDING_LABELS,
  describeAvailability,
  describeCost,
  describeLanguage,
  describeProvenance,
  inOneSentence,
  JOIN_LABELS,
  KIND_LABELS_ONE,
  TERM_TIME,
  whomItIsFor,
} from '#api/domain/words.ts';
import type { SearchResult } from './api.ts';
import { cautionsMarkup } from './cautions.ts';
import { attribute, type Markup, markup } from './markup.ts';
import { langOf } from './written-in.ts';

/** What a card says whoever asks and from where: nearly all of it. */
export interface CardFacts {
  /** How its name is marked, and the name itself. */
  naming: Markup;
  name: Markup;
  /** What sort of thing it is, what to know of it at once, and whose it is. */
  tags: Markup;
  /** From the summary to where it is. */
  middle: Markup;
  /** Its address, or the ways to take part without one. */
  where: Markup;
  /** That it does not say how to take part; null where it says. */
  unsaid: Markup | null;
  /** From the cost to whose word it is. */
  end: Markup;
}

/** Of what says nothing of it. */
export const UNSAID = 'It does not say how to take part: ask';

type Service = SearchResult['service'];
type Session = SearchResult['next_session'];

const quiet = (words: string): Markup => markup`<span class="sp-facts__quiet">${words}</span>`;
const strong = (words: string): Markup => markup`<span class="sp-facts__strong">${words}</span>`;
const fact = (title: string, words: string, kind?: string): Markup =>
  markup`<div><dt>${title}</dt><dd${attribute('class', kind)}>${words}</dd></div>`;

/**
 * Writes what a card says whoever asks.
 * @param today 'YYYY-MM-DD'
 */
export function cardFacts(service: Service, session: Session | undefined, today: string): CardFacts {
  const lang = attribute('lang', langOf(service.written_in));
  const where = whereWords(service);
  return {
    naming: markup`${lang} dir="auto"`,
    name: markup`${service.name}`,
    tags: tagsOf(service, today),
    middle: markup`<p class="sp-card__summary"${lang} dir="auto">${service.summary}</p>
${noticeMarkup(service)}
${cautionsMarkup(service.cautions)}
<dl class="sp-facts">
<div><dt>When</dt><dd>${when(service, session ?? null)}</dd></div>
<div><dt>Where</dt><dd>`,
    where: markup`${where !== '' && quiet(where)}`,
    unsaid: service.attending_types.length === 0 ? quiet(UNSAID) : null,
    end: markup`</dd></div>
${moreFacts(service, today)}
</dl>`,
  };
}

/** Of what an import has put where it is by its words alone. */
export const SORTED_BY_US = 'sorted by us, by its words';

/** What kind of thing it is; nothing is claimed where neither its source nor its words say it. */
function kindWords(service: Service): string {
  if (isUnsorted(service)) return 'Not sorted yet';
  return KIND_LABELS_ONE[service.kind] + (isSortedByWords(service.guessed ?? []) ? ` (${SORTED_BY_US})` : '');
}

/** What sort of thing it is, what to know of it at once, and whose it is. */
export function tagsOf(service: Service, today: string): Markup {
  const flag = (words: string, kind = '') =>
    markup`<span class="sp-flag${kind && ` sp-flag--${kind}`}">${words}</span>`;
  const language = langOf(service.written_in) ? describeLanguage(service.written_in) : null;
  return markup`<p class="sp-card__tags">
<span>${kindWords(service)}</span>
${service.example && flag('Example listing')}
${language !== null && flag(`In ${language}${service.guessed?.includes('written_in') ? ', we think' : ''}`, 'good')}
${service.state === 'unconfirmed' && flag('Not confirmed lately', 'warn')}
${service.availability.state !== 'open' && flag(describeAvailability(service.availability, today), 'warn')}
</p>
<p class="sp-card__organization">${service.alternate_name && `${service.alternate_name}, `}${service.organization.name}</p>`;
}

function when({ schedule_words: words }: Service, session: Session): Markup | string {
  if (!session) return words.length > 0 ? someTimes(words) : 'Ask for times';
  return markup`${strong(`Next: ${session.words}`)}
${session.check_words && quiet(session.check_words)}
${!isOnce(words, session) && quiet(someTimes(words))}`;
}

/** The first times, and whether there are more. */
export const someTimes = (words: readonly string[]): string =>
  `${words.slice(0, 2).join('; ')}${words.length > 2 ? moreTimes(words.slice(2)) : ''}`;

/** That there are more times than are said, and whether some of those keep school terms. */
export const moreTimes = (unsaid: readonly string[]): string =>
  `, and more${unsaid.some((words) => words.includes(TERM_TIME)) ? ` (some in ${TERM_TIME})` : ''}`;

/** Whether the next session is all there is to say of when it meets: what happens once is said once. */
export const isOnce = (words: readonly string[], { words: next }: NonNullable<Session>): boolean =>
  words.length === 0 || (words.length === 1 && words[0]?.replace(/ \d{4}(?=,|$)/, '') === next);

/** What it says itself that has to be known now, such as that it has moved for some weeks; null where it says nothing. */
export const noticeMarkup = ({ availability: { note }, written_in }: Service): Markup | null =>
  note === undefined
    ? null
    : markup`<div class="sp-caution"><p${attribute('lang', langOf(written_in))} dir="auto">${note}</p></div>`;

/** Its address or, without one, the ways to take part, the one in person among them; '' where there is only that. */
export function whereWords({ address_line, attending_types: ways }: Service): string {
  if (address_line) return address_line;
  if (!ways.some((type) => type !== 'in_person')) return '';
  return inOneSentence(
    ways.map((type) => ATTENDING_LABELS[type]),
    ', ',
  );
}

/** What is to be known before going, as items of a list of facts. */
export function moreFacts(service: Service, today: string): Markup {
  const { accessibility } = service;
  const who = forWhom(service);
  const access = accessibility
    ? ACCESS.filter((feature) => accessibility[feature] === 'yes').map((feature) => ACCESS_LABELS[feature])
    : [];
  const phone = service.phones.find(({ type }) => type !== 'fax');
  const byNobody = isCopied(service) || service.assured_by === 'source' || service.assured_by === 'nobody';
  return markup`${fact('Cost', describeCost(service.cost_options))}
${fact('How to join', waysToJoin(service))}
${who !== '' && fact('Who it is for', who, 'sp-facts__strong')}
${accessibility && fact('Access', access.length > 0 ? access.join(', ') : 'Not known: ask first')}
${phone && markup`<div class="sp-print-only"><dt>${phone.label}</dt><dd>${phone.words}</dd></div>`}
${fact(byNobody ? 'Whose word it is' : 'Last checked', whoseWord(service, today))}`;
}

/** Whom it is kept for, so that nobody is sent to a door that is not theirs; '' where it is for everybody. */
export const forWhom = (service: Pick<Service, 'eligibility' | 'kind'>): string => whomItIsFor(service).join(', ');

/** How to join; to ask first where it does not say. */
export const waysToJoin = ({ join }: Service): string =>
  inOneSentence(
    join.map((way) => JOIN_LABELS[way]),
    ', or ',
  ) || 'Ask first';

const isCopied = ({ cautions = [] }: Service): boolean => cautions.some(({ kind }) => kind === 'check_before_use');

/** Who checked it and when or, where nobody has, from where it was copied. */
export const whoseWord = (service: Service, today: string): string =>
  describeProvenance({ ...service, copied: isCopied(service) }, today);
