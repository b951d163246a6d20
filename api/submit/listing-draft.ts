import { type Answers, singleAnswer } from '../domain/answers.ts';
import type { CheckedField } from '../domain/checked.ts';
import { type Listing, type Location, type Organization, type Service, TriState } from '../domain/service.ts';

/** A listing while answers are put into it. */
export interface ListingDraft {
  service: Service;
  organization: Organization;
  /** In the order of the listing: those that the form asks about, and behind them any others; null where one is taken out. */
  venues: (Location | null)[];
  /** The id of a venue of its own, for the place of that number, where the address is another one. */
  ownVenueId: (place: number) => string;
}

/**
 * A group of fields that are put into a listing together: when one of them has changed, the whole part is made again;
 * else it stays as it is.
 */
export interface FieldGroup {
  fields: readonly string[];
  /** The fields of compare.ts in which it shows. */
  shows: readonly string[];
  /** What of a visit it is about. */
  checks?: CheckedField;
  put: (making: ListingDraft, answers: Answers) => void;
}

/** Sets a field, or takes it away where nothing was typed. */
export function set<T extends object, K extends keyof T>(record: T, key: K, value: T[K] | '' | null | undefined): void {
  if (value === '' || value === null || value === undefined) delete record[key];
  else record[key] = value;
}

export const triStateOf = (answers: Answers, name: string): TriState =>
  TriState.catch('unknown').parse(singleAnswer(answers, name));

/** A copy of a listing to put answers into. */
export const draftOf = (listing: Listing, ownVenueId: ListingDraft['ownVenueId']): ListingDraft => ({
  service: structuredClone(listing.service),
  organization: structuredClone(listing.organization),
  venues: structuredClone(listing.locations),
  ownVenueId,
});
