import type { Directory } from '../directory/directory.ts';
import type { Schedule } from '../domain/service.ts';
import { changeSubmission } from '../store/submissions.ts';
import { keepSubmission } from './drafts.ts';
import { timesOf } from './said-times.ts';
import { ALL_PLACES, namedPlaces } from './session-places.ts';
import { mayChange, type SubmissionForm } from './submission-form.ts';

/**
 * Says where each time is.
 * @param chosen for each schedule in their order the id of a place, or ALL_PLACES
 * @param leaving whether they go elsewhere first: what is chosen so far is kept then, though '' stands for some
 * @returns 'open' where one of them is neither: nothing is saved then
 */
export function putSessionPlaces(
  { db, now }: Directory,
  form: SubmissionForm,
  chosen: readonly string[],
  leaving = false,
): 'saved' | 'open' | 'gone' {
  return db
    .transaction(() => {
      const latest = keepSubmission(db, form, now());
      if (!latest || !mayChange(latest)) return 'gone' as const;
      const { answers } = latest;
      const known = [ALL_PLACES, ...(leaving ? [''] : []), ...namedPlaces(answers).map(({ id }) => id)];
      const times = timesOf(answers);
      const count = times.flatMap(({ schedules }) => schedules).length;
      if (chosen.length !== count || !chosen.every((it) => known.includes(it))) return 'open' as const;
      const left = [...chosen];
      const placed = times.map(({ words, schedules }) => ({
        words,
        schedules: schedules.map(({ location_id: _, ...schedule }): Schedule => {
          const place = left.shift();
          return !place || place === ALL_PLACES ? schedule : { ...schedule, location_id: place };
        }),
      }));
      const said = {
        said_times: JSON.stringify(placed),
        schedules: JSON.stringify(placed.flatMap(({ schedules }) => schedules)),
        session_places: JSON.stringify(chosen),
      };
      changeSubmission(db, latest.id, latest.version, { answers: { ...answers, ...said } }, now());
      return 'saved' as const;
    })
    .immediate();
}
