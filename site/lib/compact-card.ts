import { isUnsorted } from '#api/domain/guesses.ts';
import {
  describeAges,
  describeAvailability,
  describeCost,
  describeDistance,
  describeProvenance,
  KIND_LABELS_ONE,
} from '#api/domain/words.ts';
import type { SearchResult } from './api.ts';
import { cautionsMarkup } from './cautions.ts';
import { attribute, type Markup, markup } from './markup.ts';
import type { Card } from './result-card.ts';
import { langOf } from './written-in.ts';

/**
 * A listing in four lines, for where there is little room: all that the card warns of, and the first of what it tells.
 * @param target where its page opens, such as '_blank'
 */
export function compactCard({ result, carry = '', today, level = 3, approximate = false }: Card): Markup {
  const { service, reach, distance_m = null, next_session: session } = result;
  const lang = attribute('lang', langOf(service.written_in));
  const unsure = reach !== undefined && (reach.kind === 'unclear' || (reach.kind === 'venue' && !reach.certain));
  const serves = reach && (reach.kind === 'area' || reach.kind === 'remote') ? reach.why : null;
  const away = distance_m === null ? null : `${approximate ? 'about ' : ''}${describeDistance(distance_m)} away`;
  const { eligibility: who } = service;
  const aged = who.minimum_age !== undefined || who.maximum_age !== undefined;
  const facts = [
    session ? `Next: ${session.words}` : (service.schedule_words[0] ?? 'Ask for times'),
    session?.check_words,
    [service.address_line, away].filter(Boolean).join(', ') || null,
    serves,
    describeCost(service.cost_options),
    [...who.restrictions, ...(aged ? [describeAges(who)] : [])].join(', ') || null,
  ].filter((words) => typeof words === 'string');
  const phone = service.phones.find(({ link }) => link !== null);
  return markup`<article class="sp-compact"${attribute('data-reach', reach?.kind)} data-result-id="${service.id}">
<h${level}><a class="govuk-link" href="/services/${service.id}${carry && `?${carry}`}"${lang} dir="auto">${service.name}</a></h${level}>
${flags(service, today)}
${(reach?.kind === 'not_serving' || unsure) && markup`<p class="sp-why-not">${reach?.why}</p>`}
<p class="sp-compact__summary"${lang} dir="auto">${service.summary}</p>
${cautionsMarkup(service.cautions)}
<p class="sp-compact__facts">${facts.map((words, index) => markup`${index > 0 && ' · '}<span>${words}</span>`)}</p>
<p class="sp-compact__last">${phone && markup`<a class="govuk-link" href="${phone.link}">${phone.label} ${phone.words}<span class="govuk-visually-hidden">: ${service.name}</span></a> · `}${provenance(service, today)}</p>
</article>`;
}

function flags(service: SearchResult['service'], today: string): Markup {
  const kind = isUnsorted(service) ? 'Not sorted yet' : KIND_LABELS_ONE[service.kind];
  const told = [
    service.example && 'Example listing',
    service.state === 'unconfirmed' && 'Not confirmed lately',
    service.availability.state !== 'open' && describeAvailability(service.availability, today),
  ].filter((words) => typeof words === 'string');
  return markup`<p class="sp-card__tags"><span>${kind}</span> ${told.map((words) => markup`<span class="sp-flag sp-flag--warn">${words}</span> `)}<span>${service.organization.name}</span></p>`;
}

function provenance(service: SearchResult['service'], today: string): string {
  const copied = service.cautions?.some(({ kind }) => kind === 'check_before_use') ?? false;
  return describeProvenance({ ...service, copied }, today);
}
