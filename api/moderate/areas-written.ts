import type { ServiceArea } from '../domain/service-area.ts';
import { choicesInWords } from '../geocode/area-answer.ts';
import { areasNamed } from '../geocode/area-named.ts';

/**
 * The areas that a moderator writes.
 * @returns them, or a sentence on what to write
 */
export function areasWritten(text: string): ServiceArea[] | string {
  const answer = areasNamed(text);
  if (answer.kind === 'named') return answer.areas;
  return answer.kind === 'several'
    ? `Several areas are called ‘${answer.name}’. Write ${choicesInWords(answer.choices)}.`
    : 'Write the name of a council area, a county, a town or a ward with its council (Homerton, Hackney), a postcode district (E8), a nation, or UK.';
}
