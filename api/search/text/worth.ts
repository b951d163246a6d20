import { TEXT_FIELDS } from './postings.ts';

/** What a word counts for in each field, added up over the fields in which it stands (docs/ranking.md). */
export const WORTH = Uint8Array.from({ length: 32 }, (_, fields) => {
  let worth = 0;
  if (fields & TEXT_FIELDS.name) worth += 8;
  if (fields & TEXT_FIELDS.category) worth += 4;
  if (fields & TEXT_FIELDS.summary) worth += 4;
  if (fields & TEXT_FIELDS.organization) worth += 2;
  return fields & TEXT_FIELDS.other ? worth + 1 : worth;
});

/** Where so many times fewer listings are left than a word has postings, each is looked up among them. */
export const WORTH_PROBING = 16;
