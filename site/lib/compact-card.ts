import { describeCost } from '#api/domain/words.ts';
import type { SearchResult } from './api.ts';
import {
  forWhom,
  isOnce,
  moreFacts,
  moreTimes,
  noticeMarkup,
  someTimes,
  tagsOf,
  UNSAID,
  whereWords,
  whoseWord,
} from './card-facts.ts';
import { cardStanding } from './card-standing.ts';
import { cautionsMarkup } from './cautions.ts';
import { cardOf, type Gathering, gatherMarkup } from './gather-links.ts';
import { attribute, type Markup, markup } from './markup.ts';
import type { Card } from './result-card.ts';
import { langOf } from './written-in.ts';

/**
 * A listing in four lines, for where there is little room: all that the card warns of, and the first of what it tells. The
 * rest opens in place.
 * @param gathering what has been gathered at the address of the page; null where nothing can be gathered
 */
function compactCard(
  { result, carry = '', today, level = 3, approximate = false }: Card,
  gathering: Gathering | null = null,
): Markup {
  const { service, reach, next_session: session } = result;
  const lang = attribute('lang', langOf(service.written_in));
  const { notHere, ask, comes, away } = cardStanding(result, approximate);
  const facts = [
    nextTime(service.schedule_words, session ?? null),
    session?.check_words,
    reach?.kind !== 'area' && service.attending_types.length === 0 && UNSAID,
    service.address_line ?? (comes === null && whereWords(service)),
    away,
    comes,
    describeCost(service.cost_options),
    forWhom(service),
  ].filter(Boolean);
  const phone = service.phones.find(({ link }) => link !== null);
  return markup`<article class="sp-compact" id="${cardOf(service.id)}"${attribute('data-reach', reach?.kind)} data-result-id="${service.id}">
<h${level}><a class="govuk-link" href="/services/${service.id}${carry && `?${carry}`}"${lang} dir="auto">${service.name}</a></h${level}>
<div class="sp-compact__tags">${tagsOf(service, today)}</div>
${(notHere ?? ask) !== null && markup`<p class="sp-why-not">${notHere ?? ask}</p>`}
<p class="sp-compact__summary"${lang} dir="auto">${service.summary}</p>
${noticeMarkup(service)}
${cautionsMarkup(service.cautions)}
<p class="sp-compact__facts">${facts.map((words, index) => markup`${index > 0 && ' · '}<span>${words}</span>`)}</p>
<p class="sp-compact__last">${phone && markup`<a class="govuk-link" href="${phone.link}">${phone.label} ${phone.words}<span class="govuk-visually-hidden">: ${service.name}</span></a> · `}${whoseWord(service, today)}</p>
${
  gathering &&
  markup`<details class="sp-compact__more sp-screen-only"><summary>More<span class="govuk-visually-hidden">: ${service.name}</span></summary><dl class="sp-facts">${moreFacts(service, today)}</dl></details>
${gatherMarkup(gathering, { id: service.id, name: service.name, lang: service.written_in, notHere })}`
}
</article>`;
}

/** When it meets next, and that it meets at other times too. */
function nextTime(words: readonly string[], session: SearchResult['next_session']): string {
  if (!session) return words.length > 0 ? someTimes(words) : 'Ask for times';
  if (isOnce(words, session)) return `Next: ${session.words}`;
  return `Next: ${session.words}${moreTimes(session.check_words ? [] : words)}`;
}

/** Several of them, as the items of a list. */
export const compactItems = (
  results: readonly Card['result'][],
  shared: Omit<Card, 'result'>,
  gathering: Gathering | null = null,
): string => results.map((result) => `<li>${compactCard({ ...shared, result }, gathering)}</li>`).join('');
