import { createDirectory } from '../../../api/directory/directory.ts';
import { createSearchIndex } from '../../../api/search/index.ts';
import { readVocabulary } from '../../../api/search/text/vocabulary.ts';
import { openStore } from '../../../api/store/open.ts';
import { beginDraft, openDraft, saveStep, stepMark } from '../../../api/submit/drafts.ts';
import { NOW } from '../../helpers/clock.ts';

/** Saves one step of a form over and over into the file given, and says after each what it was, until it is ended. */

const db = openStore(process.argv[2] ?? '');
const index = createSearchIndex([], readVocabulary(''));
const directory = createDirectory({ db, index, now: () => new Date(NOW) });
const geocoder = { locate: async () => ({ outcome: 'not_a_postcode', empty: false }) as const };
const token = beginDraft(directory);
for (let count = 1; ; count++) {
  const form = openDraft(directory, token);
  if (!form) throw new Error('The form is gone.');
  const typed = { name: `n${count}`, summary: `Summary of n${count}` };
  await saveStep(directory, geocoder, form, 'what', typed, stepMark(form.submission.answers, 'what'));
  // A pipe takes a short line at once; what is said has been committed.
  process.stdout.write(`${form.submission.id} n${count}\n`);
}
