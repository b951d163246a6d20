import { packId } from '#api/domain/handout-list.ts';
import { attribute, type Markup, markup } from './markup.ts';
import { langOf } from './written-in.ts';

/** Adds a listing to the handout, or takes it out: plain links, since what is gathered is in the address. */

/** What has been gathered, at an address of the site. */
export interface Gathering {
  ids: readonly string[];
  /** Whether nothing more can be gathered. */
  full: boolean;
  /** This very page with a listing added, or taken out again, at the same spot. */
  hrefWith: (id: string) => string;
  hrefWithout: (id: string) => string;
  /** Where the handout is seen. */
  handout: string;
}

/** The spot on a page where a listing is added and taken out, to come back to. */
export const spotOf = (id: string): string => `add-${packId(id)}`;

/** The card of a listing among the results, to come back to from its page. */
export const cardOf = (id: string): string => `card-${packId(id)}`;

export interface ToGather {
  id: string;
  name: string;
  /** BCP 47 tag of the language that the name is written in. */
  lang: string;
  /** Why it is not for the address that was searched from: then it is asked before it is added. */
  notHere?: string | null;
}

/** The links of one listing. */
export function gatherMarkup({ ids, full, hrefWith, hrefWithout, handout }: Gathering, it: ToGather): Markup {
  const { id, name, lang, notHere = null } = it;
  const named = markup`<span class="govuk-visually-hidden">: <span${attribute('lang', langOf(lang))}>${name}</span></span>`;
  const link = (href: string, words: string, kind = 'govuk-link') =>
    markup`<a class="${kind}" href="${href}" rel="nofollow" data-gather>${words}${named}</a>`;
  const ways = () => {
    if (ids.includes(id))
      return markup`<span class="sp-gather__done">In the handout</span> ${link(hrefWithout(id), 'Remove')} <a class="govuk-link" href="${handout}" rel="nofollow">See and print the handout</a>`;
    if (full) return markup`<span class="sp-gather__full">The handout is full: ${ids.length} listings</span>`;
    if (notHere === null) return link(hrefWith(id), 'Add to handout', 'sp-gather__add');
    return markup`<details class="sp-gather__ask"><summary>Add to handout${named}</summary> ${notHere}, so not for this address. <a href="${hrefWith(id)}" rel="nofollow" data-gather>Add it all the same${named}</a></details>`;
  };
  return markup`<div class="sp-gather sp-screen-only" id="${spotOf(id)}">${ways()}</div>`;
}
