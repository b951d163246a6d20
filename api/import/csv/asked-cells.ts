import { readAges } from '../../domain/ages.ts';
import { readLanguages } from '../../domain/languages/reader.ts';
import { areasNamed } from '../../geocode/area-named.ts';
import { namesTimes } from '../oruk/schedule-words.ts';
import { type Asker, type QuestionKind, readAsTold } from '../questions/asker.ts';
import { areaContextOf } from './areas.ts';
import { cellParts, type RowDraft, type TableColumn, UnreadableCell } from './column.ts';

/** Cells of somebody's own table that cannot be read: what of them is asked about, and how an answer is used. */

const KIND_OF: Readonly<Record<string, QuestionKind>> = {
  when: 'times',
  'area served': 'area',
  cost: 'cost',
  'youngest age': 'ages',
  'oldest age': 'ages',
  ages: 'ages',
  languages: 'language',
  status: 'status',
};

/** The cells of a row that may have been kept in words. */
export const keptCells = <Cell extends readonly [column: string, cell: string]>(cells: readonly Cell[]): Cell[] =>
  cells.filter(([column]) => Object.hasOwn(KIND_OF, column));

interface Asked {
  /** The part of the cell that is not understood. */
  said: string;
  choices: readonly string[];
}

/** What is asked about a cell; null where nobody can know what it means: 'Ring us' says nothing of times. */
function askedOf(kind: QuestionKind, cell: string, draft: RowDraft): Asked | null {
  const whole = { said: cell, choices: [] };
  if (kind === 'times') return namesTimes(cell) ? whole : null;
  if (kind === 'area') {
    // A name with several bearers is asked about by itself, what is unknown with all that may change what it means.
    const answer = areasNamed(cellParts(cell).join(';'), areaContextOf(draft));
    return answer.kind === 'several' ? { said: answer.name, choices: answer.choices } : whole;
  }
  if (kind === 'language') {
    const [first] = readLanguages(cell).unknown;
    return first ? { said: first.name, choices: first.meant === null ? [] : [first.meant] } : whole;
  }
  return whole;
}

/** Parts of one cell that are asked about one after the other. */
const MOST_PARTS = 10;

/**
 * Asks about a cell that its column cannot read, and reads it by what moderators have said.
 * @returns what to say of that; null where it is to stay in words
 */
export function readByAnswer(column: TableColumn, cell: string, draft: RowDraft, asker: Asker): string | null {
  const kind = Object.hasOwn(KIND_OF, column.name) ? KIND_OF[column.name] : undefined;
  if (kind === undefined) return null;
  let words = cell;
  for (let part = 0; part < MOST_PARTS; part++) {
    const asked = askedOf(kind, words, draft);
    const told = asked && asker.ask(kind, asked.said, asked.choices);
    if (!told) return null;
    words = words.includes(asked.said) ? words.replace(asked.said, () => told.words) : told.words;
    if (kind === 'ages') return agesTold(cell, words, draft);
    try {
      // A date without a year is one after the day on which it was said.
      column.read(words, { ...draft, today: kind === 'times' ? told.on : draft.today });
      return readAsTold(cell, words);
    } catch (error) {
      if (!(error instanceof UnreadableCell)) throw error;
    }
  }
  return null;
}

/** Both ends of an age, whichever of them was asked about. */
function agesTold(cell: string, words: string, { service }: RowDraft): string | null {
  const ages = readAges(words, 'minimum_age');
  if (!ages) return null;
  const { rough: _, ...range } = ages;
  service.eligibility = { restrictions: [], ...service.eligibility, ...range };
  return readAsTold(cell, words);
}
