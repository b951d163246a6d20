import type { ImportFormat } from './format.ts';
import type { ImportFile } from './source/import-file.ts';
import { OPEN_REFERRAL } from './source/open-referral.ts';
import { SPREADSHEET, WORKBOOK } from './table/format.ts';

/** Every form of file that is taken in. A spreadsheet has no mark of its own: what is nothing else is read as one. */
export const FORMATS: readonly ImportFormat[] = [OPEN_REFERRAL, WORKBOOK, SPREADSHEET];

/** Those of this directory's own listings, which moderators may send as files. */
export const OWN_FORMATS: readonly ImportFormat[] = FORMATS.filter(({ holds }) => holds === 'own');

/** The format that a file has: the first of some that knows it, else the last. */
export const formatOf = ({ beginning }: ImportFile, formats = FORMATS): ImportFormat =>
  formats.find((format) => format.recognizes(beginning)) ?? (formats.at(-1) as ImportFormat);

/** The name of a file without what says its format: 'Warm spaces.oruk3.ndjson.gz' is 'Warm spaces'. */
export function titleOf(name: string): string {
  const plain = name.replace(/\.gz$/i, '');
  const ending = FORMATS.flatMap(({ endings }) => endings).find((it) => plain.toLowerCase().endsWith(it));
  return ending === undefined ? plain : plain.slice(0, -ending.length) || name;
}
