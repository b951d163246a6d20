import type { SearchResult } from './api.ts';
import { type CardFacts, cardFacts } from './card-facts.ts';
import { cardStanding } from './card-standing.ts';
import { cardOf, type Gathering, gatherMarkup } from './gather-links.ts';
import { attribute, type Markup, markup } from './markup.ts';

export interface Card {
  result: Pick<SearchResult, 'service'> & Partial<SearchResult>;
  /** What the link to the listing carries on, so that the listing can answer for the place and lead back. */
  carry?: string;
  /** 'YYYY-MM-DD' */
  today: string;
  /** h3 within a section of results; h2 where the list is the page's own. */
  level?: 2 | 3;
  /** Whether the place is not a single postcode. */
  approximate?: boolean;
}

/**
 * Writes the card of a listing: what depends on who asks, around what does not.
 * @param gathering what has been gathered at the address of the page
 * @param factsOf what it says whoever asks
 */
export function resultCard(
  { result, carry = '', today, level = 3, approximate = false }: Card,
  gathering: Gathering,
  factsOf: typeof cardFacts = keptCardFacts,
): Markup {
  const { service, reach, next_session } = result;
  const { naming, name, tags, middle, where, unsaid, end } = factsOf(service, next_session, today);
  const { notHere, ask, comes, away } = cardStanding(result, approximate);
  const strong = (words: string) => markup`<span class="sp-facts__strong">${words}</span>`;
  return markup`<article class="sp-card" id="${cardOf(service.id)}"${attribute('data-reach', reach?.kind)} data-result-id="${service.id}">
<h${level}><a class="govuk-link" href="/services/${service.id}${carry && `?${carry}`}"${naming}>${name}</a></h${level}>
${tags}
${(notHere ?? ask) !== null && markup`<p class="sp-why-not">${notHere ?? ask}</p>`}
${middle}${away && strong(away)}
${comes && strong(comes)}
${where}
${reach?.kind !== 'area' && unsaid}${end}
${gatherMarkup(gathering, { id: service.id, name: service.name, lang: service.written_in, notHere })}
</article>`;
}

/** The cards of several listings, as the items of a list. */
export const cardItems = (
  results: readonly Card['result'][],
  shared: Omit<Card, 'result'>,
  gathering: Gathering,
): string => results.map((result) => `<li>${resultCard({ ...shared, result }, gathering)}</li>`).join('');

interface Kept {
  session: SearchResult['next_session'] | undefined;
  today: string;
  facts: CardFacts;
}

/** For as long as what the API says of a listing stays the same, and is kept, the same object (results/results.ts). */
const kept = new WeakMap<SearchResult['service'], Kept>();

/** The same as {@link cardFacts}, which is asked once for the same listing on the same day. */
export function keptCardFacts(...[service, session, today]: Parameters<typeof cardFacts>): CardFacts {
  const known = kept.get(service);
  if (known && known.session === session && known.today === today) return known.facts;
  const facts = cardFacts(service, session, today);
  kept.set(service, { session, today, facts });
  return facts;
}
