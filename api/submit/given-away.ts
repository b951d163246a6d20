import { type Answers, singleAnswer } from '../domain/answers.ts';
import { addressIn, type PrivateAddress } from '../domain/private-address.ts';
import { STEP_FIELDS, type StepKey } from './fields.ts';
import { isPrivatePlace, placeAnswer, placesIn } from './places.ts';
import type { FormProblem } from './problems.ts';

/** Words of a form that give away an address which is to stay private. */

/** The fields that people read, with what the form calls them. */
const TEXTS: Readonly<Record<string, string>> = {
  organization_name: 'the name of your organisation',
  name: 'what it is called',
  summary: 'the one line',
  description: 'what happens there',
  sessions: 'when it meets',
  arrangement_note: 'the note on when',
  for_whom: 'who it is for',
  restrictions: 'who it is kept for',
  amount_note: 'the note on the price',
  concession_note: 'the note on the lower price',
  application_process: 'what people do to join',
  first_visit: 'the first visit',
  contact_title: 'who to ask for',
  public_email: 'the e-mail address',
  url: 'the web page',
  transportation: 'how to get there',
  accessibility_notes: 'getting in',
};

/** The addresses of a form that are to stay private. */
const privateAddresses = (answers: Answers): PrivateAddress[] =>
  placesIn(answers)
    .filter((place) => isPrivatePlace(answers, place))
    .map((place) => ({
      postcode: placeAnswer(answers, 'postcode', place),
      street: placeAnswer(answers, 'address_1', place),
    }));

/** By the name of each field whose words give an address away, those words. */
function givenAway(answers: Answers): Map<string, string> {
  const addresses = privateAddresses(answers);
  if (addresses.length === 0) return new Map();
  return new Map(
    Object.keys(TEXTS).flatMap((field): [string, string][] => {
      const found = addressIn(singleAnswer(answers, field), addresses);
      return found === null ? [] : [[field, found]];
    }),
  );
}

/** What stops a step: a text of it that gives an address away or, where that is asked for, a text of any step. */
export function giveaways(step: StepKey, answers: Answers): FormProblem[] {
  const found = givenAway(answers);
  const own = [...found].filter(([field]) => STEP_FIELDS[step].includes(field));
  const problems = own.map(([field, words]) => ({
    field,
    words: `This gives away the private address: take out ‘${words}’`,
  }));
  const [first] = found;
  if (step !== 'where' || !first) return problems;
  const place = placesIn(answers).find((it) => isPrivatePlace(answers, it)) ?? 1;
  const field = place === 1 ? 'confidential' : `confidential_${place}`;
  const where = TEXTS[first[0]];
  return [
    ...problems,
    {
      field,
      words: `The address cannot stay private while it stands in another step: take ‘${first[1]}’ out of ${where}`,
    },
  ];
}
