import { directory, settings } from '#api/instance.ts';
import { VISIT_ANSWERS } from '#api/store/visits.ts';
import { VisitDesk } from '#api/upkeep/visits.ts';

/** The taps on the page of a short link by which people say how it was. */

const desk = new VisitDesk(directory);

/** Whether anybody can say so here. */
export const takesVisits = settings.READ_ONLY !== 1;

/**
 * Takes a tap in.
 * @param code of the short link
 * @param client the network address of who taps
 * @returns the id of the listing; null where nothing that is known was said, or nothing more is taken
 */
export function takeVisit(code: string, form: FormData, client: string): string | null {
  const id = String(form.get('listing') ?? '');
  const said = VISIT_ANSWERS.find((known) => known === form.get('said'));
  return said && desk.take(code, id, said, client) ? id : null;
}
