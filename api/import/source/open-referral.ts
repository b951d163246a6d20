import type { ImportFormat } from '../format.ts';
import { readRecords } from '../oruk/read.ts';
import { isOfRecords, recordsOfFile } from './file.ts';

/** Files of the records of Open Referral UK, 3.0 or 1.0. */
export const OPEN_REFERRAL: ImportFormat = {
  label: 'Open Referral UK',
  help: 'a file of its records',
  endings: ['.oruk3.ndjson', '.oruk.ndjson', '.oruk3.json', '.oruk.json', '.ndjson', '.jsonl', '.json'],
  holds: 'feed',
  recognizes: isOfRecords,
  read: (file, context) => readRecords(recordsOfFile(file), context),
};
