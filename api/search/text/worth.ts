import { TEXT_FIELDS } from './postings.ts';

/** What a word counts for by the fields in which it is, added up (docs/ranking.md). */
export const WORTH = Uint8Array.from({ length: 32 }, (_, fields) => {
  let worth = 0;
  if (fields & TEXT_FIELDS.name) worth += 8;
  if (fields & TEXT_FIELDS.category) worth += 4;
  if (fields & TEXT_FIELDS.summary) worth += 4;
  if (fields & TEXT_FIELDS.organization) worth += 2;
  return fields & TEXT_FIELDS.other ? worth + 1 : worth;
});

/** With so many times fewer listings left than a word has postings, each listing is looked up in the postings. */
export const WORTH_PROBING = 16;
