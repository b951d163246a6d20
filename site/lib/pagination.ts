import { attribute, type Markup, markup } from './markup.ts';

/** The pages of a list, as links. */
export interface Pages {
  page: { number: number; per_page: number; total: number; pages: number };
  /** The address of a page, by its number. */
  href: (page: number) => string;
}

const step = (way: 'prev' | 'next', href: string, words: string): Markup =>
  markup`<div class="govuk-pagination__${way}"><a class="govuk-link govuk-pagination__link" href="${href}" rel="${way}"><span class="govuk-pagination__link-title">${words}<span class="govuk-visually-hidden"> page</span></span></a></div>`;

/** @returns null where there is one page alone */
export function pagination({ page: { number, pages }, href }: Pages): Markup | null {
  if (pages <= 1) return null;
  const near = [...new Set([1, number - 1, number, number + 1, pages])].filter((n) => n >= 1 && n <= pages);
  const items = near.map((n, at) => {
    const isLeap = at > 0 && n - (near[at - 1] ?? 0) > 1;
    const isHere = n === number;
    return markup`${isLeap && markup`<li class="govuk-pagination__item govuk-pagination__item--ellipsis">…</li>`}<li class="govuk-pagination__item${isHere && ' govuk-pagination__item--current'}"><a class="govuk-link govuk-pagination__link" href="${href(n)}" aria-label="Page ${n}"${attribute('aria-current', isHere ? 'page' : undefined)}>${n}</a></li>`;
  });
  return markup`<nav class="govuk-pagination sp-pages" aria-label="Pages of results">
${number > 1 && step('prev', href(number - 1), 'Previous')}
<ul class="govuk-pagination__list">${items}</ul>
${number < pages && step('next', href(number + 1), 'Next')}
</nav>`;
}
