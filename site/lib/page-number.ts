/** What an address says of a page; so many pages there never are, and the database counts no further than some times that. */
const MOST = 1_000_000;

/** A whole number out of an address; the least where it says none. @param least that it can be */
export const numberIn = (written: string | null, least = 1): number =>
  Math.min(MOST, Math.max(least, Number.parseInt(written ?? '', 10) || least));
