import { readPostcode } from '../../domain/postcode.ts';
import type { ServiceArea } from '../../domain/service.ts';
import { areaLabel } from '../../domain/service-area.ts';
import { type AreaContext, choicesInWords } from '../../geocode/area-answer.ts';
import { areasNamed } from '../../geocode/area-named.ts';
import { geography } from '../../geocode/geography.ts';
import { type RowDraft, UnreadableCell } from './column.ts';
import { nearestWord } from './values.ts';

/** Areas served, by name: 'Hackney', 'Kent', 'E8 and E9', 'Wales', 'the whole United Kingdom'. */

/** The name of an area as {@link areasInCell} finds it again: a ward with its council. */
function nameOf(area: ServiceArea): string {
  const { type, name, district, said_as } = area;
  const council = type === 'ward' && district !== undefined ? geography().districts.get(district)?.name : undefined;
  return council === undefined || said_as !== undefined ? areaLabel(area) : `${name}, ${council}`;
}

/** The names of some areas, each once. */
export const areaNames = (areas: readonly ServiceArea[]): string[] => [...new Set(areas.map(nameOf))];

/** Where the venue of a row is: what 'borough-wide' means there. */
export function areaContextOf({ venues: [venue] }: RowDraft): AreaContext {
  const typed = readPostcode(venue?.address?.postal_code ?? '');
  const sector = typed.kind === 'unit' ? geography().sectors.get(typed.sector) : undefined;
  return { district: sector?.districts[0] ?? null, near: sector?.middle ?? null };
}

/**
 * Reads the areas of a cell.
 * @returns them, with what should be said of them
 * @throws UnreadableCell
 */
export function areasInCell(parts: readonly string[], draft: RowDraft): { areas: ServiceArea[]; notes: string[] } {
  const answer = areasNamed(parts.join(';'), areaContextOf(draft));
  if (answer.kind === 'named') return answer;
  if (answer.kind === 'several')
    throw new UnreadableCell(
      answer.choices.length === 1
        ? `‘${answer.name}’ may be something that is far from the venue. If it is meant, write ${choicesInWords(answer.choices)}.`
        : `Several areas are called ‘${answer.name}’. Write ${choicesInWords(answer.choices)}.`,
    );
  const near = nearestWord(
    answer.name,
    [...geography().districts.values()].map(({ name }) => name),
  );
  throw new UnreadableCell(
    `‘${answer.name}’ is no area that is known here. ${near ? `Did you mean ‘${near}’?` : 'Write a council such as Hackney, a county, a nation, or the first part of a postcode such as E8.'}`,
  );
}
