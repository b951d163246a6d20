import type { Directory } from '../directory/directory.ts';
import { multipleAnswers, singleAnswer } from '../domain/answers.ts';
import { today } from '../domain/london.ts';
import { describeDate } from '../domain/words.ts';
import { onOneLine } from '../notify/template.ts';
import { listingsKeptBy } from '../store/keepers.ts';
import { type Submission, submissionsOf } from '../store/submissions.ts';
import { beginDraft, draftKey } from './drafts.ts';

/** What a mail with links holds beside those to listings: the forms that somebody has begun, and a new one. */

/** Forms named in one mail. */
const MOST_FORMS = 20;
const IN_HAND = ['draft', 'asked', 'unconfirmed'];

/**
 * What a form is called in a mail. Anybody may begin one with anybody's address, and what they type into it would go out as
 * our words: so it has a name only once whoever has the address has confirmed it, which a question shows.
 */
const nameOf = ({ state, answers, created_at }: Submission): string => {
  const name = state === 'asked' ? onOneLine(singleAnswer(answers, 'name')).slice(0, 80) : '';
  return name === '' ? `the form that you began on ${describeDate(today(new Date(created_at)))}` : name;
};

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
  const goOn = begun.map((form) => `=> /add/${draftKey(db, form.id, person, now())} Go on with ${nameOf(form)}`);
  const another =
    listingsKeptBy(db, person).length > 0 ? [`=> /add/${beginDraft(directory, person)} Add another listing`] : [];
  return [...goOn, ...another];
}
