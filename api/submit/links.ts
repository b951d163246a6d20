import type { Directory } from '../directory/directory.ts';
import { multipleAnswers, singleAnswer } from '../domain/answers.ts';
import { listingsKeptBy } from '../store/keepers.ts';
import { submissionsOf } from '../store/submissions.ts';
import { beginDraft, draftKey } from './drafts.ts';

/** What a mail with links holds beside those to listings: the forms that somebody has begun, and a new one. */

/** Forms named in one mail. */
const MOST_FORMS = 20;
const IN_HAND = ['draft', 'asked', 'unconfirmed'];

const nameOf = (name: string): string => name.replaceAll(/\s+/g, ' ').slice(0, 80) || 'the form that you began';

/**
 * Lines for a mail to a person, a button each: to go on with what they have not sent and, for who looks after something
 * already, to add something else with what is known filled in. To be called in the transaction that queues the mail.
 */
export function formLines(directory: Directory, person: number): string[] {
  const { db, now } = directory;
  const begun = submissionsOf(db, person)
    .filter(
      ({ state, kind, answers }) =>
        kind === 'new' && IN_HAND.includes(state) && multipleAnswers(answers, 'visited').length > 0,
    )
    .slice(0, MOST_FORMS);
  const goOn = begun.map(
    ({ id, answers }) =>
      `=> /add/${draftKey(db, id, person, now())} Go on with ${nameOf(singleAnswer(answers, 'name'))}`,
  );
  const another =
    listingsKeptBy(db, person).length > 0 ? [`=> /add/${beginDraft(directory, person)} Add another listing`] : [];
  return [...goOn, ...another];
}
