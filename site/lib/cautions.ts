import type { ServiceResponse } from './api.ts';
import { type Markup, markup } from './markup.ts';

/**
 * What to know before relying on a clinical listing: 'please check', and loudly, that a source is old or overdue.
 * @param source where it was copied from, on the page of the listing
 * @returns null where there is nothing to know
 */
export function cautionsMarkup(
  cautions: ServiceResponse['cautions'] = [],
  source?: { url?: string | undefined },
): Markup | null {
  if (cautions.length === 0) return null;
  const loud = cautions.filter(({ kind }) => kind !== 'check_before_use');
  const calm = cautions.filter(({ kind }) => kind === 'check_before_use');
  const where =
    source?.url && markup` <a class="govuk-link" href="${source.url}" rel="noopener noreferrer">See the source</a>`;
  return markup`<div class="sp-caution${loud.length > 0 && ' sp-caution--loud'}">
${loud.map(({ words }) => markup`<p class="sp-caution__loud">${words}</p>`)}
${calm.map(({ words }) => markup`<p>${words}${where}</p>`)}
</div>`;
}
