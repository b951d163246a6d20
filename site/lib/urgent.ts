import { NATIONS, type Nation } from '#api/domain/nation-of-place.ts';
import type { Service } from '#api/domain/service.ts';
import { type UrgentView, urgentView } from '#api/http/urgent-view.ts';
import { urgent } from '#api/instance.ts';
import { isPrivateCategory } from './sealed-search.ts';

/** Help for now on pages that no answer of the search stands behind. */

/** The help that words call for. */
export const helpForWords = (words: string, nations: readonly Nation[] = NATIONS): UrgentView[] =>
  urgentView(urgent.for(words, [], nations));

/** The help that belongs to the page of a listing: that of its categories, gently. */
export const helpForListing = ({ taxonomy_terms }: Pick<Service, 'taxonomy_terms'>): UrgentView[] =>
  urgentView(urgent.for('', taxonomy_terms, NATIONS));

/** Whether somebody near may harm who is seen to search for this. */
export const isPrivateSearch = (help: readonly UrgentView[], params: URLSearchParams): boolean =>
  help.some((danger) => danger.private) ||
  params.getAll('category').some((value) => value.split(',').some(isPrivateCategory));

/** Whether somebody near may harm who is seen to read of a listing. */
export const isPrivateListing = (service: Pick<Service, 'name' | 'summary' | 'taxonomy_terms'>): boolean =>
  urgent.isPrivateListing(service);
