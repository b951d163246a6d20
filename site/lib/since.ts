const month = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** 'June 1996' for '1996-06'; null for anything else, so that what an address carries is never shown as it came. */
export const sinceWords = (since: string | null | undefined): string | null =>
  since && /^(19|20)\d\d-(0[1-9]|1[0-2])$/.test(since) ? month.format(new Date(`${since}-01T12:00:00Z`)) : null;
