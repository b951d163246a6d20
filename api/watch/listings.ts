import type { Directory } from '../directory/directory.ts';
import { type Listing, PUBLIC_STATES, type Service } from '../domain/service.ts';
import { findListing } from '../store/listings.ts';

/** What the room needs. */
export interface WatchParts {
  directory: Directory;
  /** Whether somebody near may harm who is seen to read of a listing: a mail may be read by others. */
  isPrivate: (service: Service) => boolean;
}

/** The listing of that id, where everybody sees it and a mail may name it; else null. */
export function openListing({ directory, isPrivate }: WatchParts, id: string): Listing | null {
  const listing = findListing(directory.db, id);
  return listing && PUBLIC_STATES.includes(listing.state) && !isPrivate(listing.service) ? listing : null;
}
