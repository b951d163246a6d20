import type { HandoutLanguage } from '#api/handout/messages.ts';
import { type PaperListing, paperListing } from '#api/handout/paper.ts';
import type { ServiceResponse } from './api.ts';

/** For as long as what the API says of a listing is kept, the same object. */
const kept = new WeakMap<ServiceResponse, Map<HandoutLanguage, PaperListing>>();

/** A listing on paper, where it is not said how it stands to a place: the same for everybody. */
export function keptPaper(language: HandoutLanguage, listing: ServiceResponse): PaperListing {
  const papers = kept.get(listing) ?? new Map<HandoutLanguage, PaperListing>();
  kept.set(listing, papers);
  const paper = papers.get(language) ?? paperListing(language, listing, null);
  papers.set(language, paper);
  return paper;
}
