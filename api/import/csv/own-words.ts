import { readLanguages } from '../../domain/languages/reader.ts';
import { ACCESS_FEATURES } from '../../domain/questions.ts';
import { ACCESS, type Location, type Service } from '../../domain/service.ts';
import { KIND_LABELS_ONE } from '../../domain/words.ts';
import { kindOfCategory } from '../oruk/categories.ts';
import { guessCategories } from '../oruk/category-of-words.ts';
import type { Partially, RowDraft } from './column.ts';

/**
 * Rows of somebody's own table. A cell that cannot be read is kept in words where that helps whoever reads the listing.
 * What every listing must have, and such a table lacks, is made from what there is, and the report says so.
 */

/** Columns without which nobody knows what a row is, or whether it runs. If one cannot be read, the row is refused. */
const NEEDED = new Set(['id', 'name', 'organisation', 'kind', 'source']);
/** Columns whose words help nobody. */
const LOST = new Set([
  'latitude',
  'longitude',
  'charity number',
  'company number',
  'last checked',
  'checked by',
  'licence',
  'written in',
  'availability until',
]);
/** Columns of whom it is for. */
const OF_WHOM = new Set(['youngest age', 'oldest age', 'ages', 'only for', 'who it is for']);
/** What is not known where one of them cannot be read. */
const ENDS_OF: Readonly<Record<string, readonly (keyof Service['eligibility'])[]>> = {
  'youngest age': ['minimum_age'],
  'oldest age': ['maximum_age'],
  ages: ['minimum_age', 'maximum_age'],
};
const ACCESS_COLUMNS = new Set(ACCESS.map((feature) => ACCESS_FEATURES[feature].label.toLowerCase()));

const MOST_DESCRIPTION = 6000;
const MOST_NOTES = 600;
const MOST_WORDS = 1000;
const MOST_WHEN = 300;

/** Both, one behind the other; what was there already stands once. */
const joined = (before: string | undefined, words: string, most: number, between = '\n'): string =>
  (before?.split(between).includes(words) ? before : [before, words].filter(Boolean).join(between)).slice(0, most);

/** The rest; absent where nothing is left. */
const without = (before: string | undefined, words: string, between = '\n'): string | undefined =>
  before
    ?.split(between)
    .filter((part) => part !== words)
    .join(between) || undefined;

/**
 * Keeps the words of a cell that cannot be read where they belong.
 * @returns what became of them, in a sentence; null where the row cannot do without that cell
 */
export function keepInWords(column: string, cell: string, { service, venues }: RowDraft): string | null {
  if (NEEDED.has(column)) return null;
  if (LOST.has(column)) return 'The cell was left out.';
  if (column === 'when' && cell.length <= MOST_WHEN) {
    service.schedules = [];
    service.schedule_description = cell;
    return 'It was kept in words, and no dates are shown.';
  }
  if (column === 'status') {
    service.status = 'inactive';
    return 'Until somebody says so, it is not shown as if it ran.';
  }
  if (column === 'area served') {
    service.service_areas = [];
    service.service_area_status = 'unread';
    service.service_area_words = [cell.slice(0, 200)];
    return 'It was kept in words: whoever looks at the listing is told to ask.';
  }
  if (ACCESS_COLUMNS.has(column)) {
    const [venue] = venues;
    if (!venue) return 'The cell was left out.';
    venue.accessibility_notes = joined(venue.accessibility_notes, `${capital(column)}: ${cell}`, MOST_NOTES);
    return 'It was kept in words, with the access.';
  }
  if (OF_WHOM.has(column)) {
    const { eligibility } = service;
    const description = joined(eligibility?.description, lineOf(column, cell), MOST_WORDS);
    const unsaid = Object.fromEntries((ENDS_OF[column] ?? []).map((end) => [end, undefined]));
    service.eligibility = { restrictions: [], ...eligibility, ...unsaid, description };
    return 'It was kept in words, with who it is for.';
  }
  if (column === 'description') {
    service.description = cell.slice(0, MOST_DESCRIPTION);
    return 'It was cut there.';
  }
  if (column === 'postcode') return 'It was left out, and the place is on no map.';
  if (column === 'cost') service.cost_options = [];
  if (column === 'languages') service.languages = readLanguages(cell).tags;
  service.description = joined(service.description ?? service.summary, lineOf(column, cell), MOST_DESCRIPTION, '\n\n');
  return 'It was kept in words, in the description.';
}

/**
 * Takes out the words of a cell that {@link keepInWords} kept when the row came before: what it says today takes their
 * place.
 */
export function takeOutKept(column: string, cell: string, { service }: RowDraft): void {
  if (column === 'when' && service.schedule_description === cell) delete service.schedule_description;
  const line = lineOf(column, cell);
  const { eligibility, description } = service;
  if (OF_WHOM.has(column) && eligibility?.description !== undefined)
    service.eligibility = { ...eligibility, description: without(eligibility.description, line) };
  else if (description !== undefined) service.description = without(description, line, '\n\n');
}

const lineOf = (column: string, cell: string): string => `${capital(column)}: ${cell}`;

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** A place that nobody can find on a map: all its words become its name. */
export function placeInWords(venue: Partially<Location>): Partially<Location> {
  const { address, latitude: _, longitude: __, ...rest } = venue;
  const words = [venue.name, address?.address_1, address?.address_2, address?.city, address?.postal_code].filter(
    Boolean,
  );
  return { ...rest, name: [...new Set(words)].join(', ').slice(0, 160) };
}

/**
 * Fills in what every listing must have, from what the row says.
 * @param say told of each thing that was filled in
 */
export function fillIn(
  service: Partially<Service>,
  organization: string | undefined,
  venues: readonly Partially<Location>[],
  say: (column: string, words: string) => void,
): void {
  if (service.attending_types === undefined && venues.length === 0) {
    service.attending_types = [];
    say(
      'how people take part',
      'Neither a place nor a way to take part is said; the listing says to ask how to take part.',
    );
  }
  const guessed: NonNullable<Service['guessed']> = [];
  let isUnsaid = false;
  if (!service.taxonomy_terms?.length) {
    const { categories, said } = guessCategories(service.name ?? '', service.description ?? service.summary ?? '');
    service.taxonomy_terms = categories;
    if (categories.length > 0) guessed.push('taxonomy_terms');
    isUnsaid = true;
    say('categories', `None is said: ${said}`);
  }
  if (service.kind === undefined) {
    service.kind = kindOfCategory(service.taxonomy_terms?.[0] ?? '');
    if (isUnsaid) guessed.push('kind');
    if (service.taxonomy_terms?.length)
      say('kind', `None is said; it was taken as ‘${KIND_LABELS_ONE[service.kind]}’, which is usual in its category.`);
  }
  if (guessed.length > 0) service.guessed = guessed;
  if (!service.summary && !service.description) {
    const [venue] = venues;
    service.summary = (venue?.name ? `At ${venue.name}.` : `Run by ${organization}.`).slice(0, 180);
    service.description = 'The list that this comes from says nothing more about it. Please check before you go.';
  }
}
