import { z } from 'zod';
import { type Listing, Service } from '../../domain/service.ts';
import { describeAges } from '../../domain/words/answers.ts';
import { rawAsked } from '../../store/import-questions.ts';
import { findListing } from '../../store/listings.ts';
import type { Db } from '../../store/open.ts';
import { keptCells } from '../csv/asked-cells.ts';
import { type TableColumn, UnreadableCell } from '../csv/column.ts';
import { TABLE_COLUMNS } from '../csv/columns.ts';
import { type RowOptions, RowReader } from '../csv/reader.ts';
import type { Incoming } from '../incoming.ts';
import { Asker, type Told } from '../questions/asker.ts';
import { schoolAges } from '../school-ages.ts';
import type { TemplateCells } from './row-cells.ts';

/** One row of somebody's own table made into a listing, and the same row made into one again with another answer. */

/** Ages in one cell, where they cannot be read as those of the template. */
const AGES: TableColumn = {
  name: 'ages',
  help: 'From the youngest to the oldest, like 16 to 25.',
  example: '',
  write: () => '',
  read(cell, { service, venues }) {
    const postcodes = venues.map(({ address }) => address?.postal_code ?? '');
    const ages = schoolAges(cell, postcodes);
    if (!ages) throw new UnreadableCell(`‘${cell}’ says no ages that can be read.`);
    const { rough: _, ...range } = ages;
    const lines = new Set([...(service.eligibility?.description?.split('\n') ?? []), `Ages: ${cell}`]);
    service.eligibility = { restrictions: [], ...service.eligibility, ...range, description: [...lines].join('\n') };
    return `‘${cell}’ was taken as ${describeAges({ restrictions: [], ...range }).toLowerCase()}, as school years are counted there.`;
  },
};
const OWN_COLUMNS: readonly TableColumn[] = [...TABLE_COLUMNS, AGES];

/** What is kept of a row that asks something (asked_record.raw). */
interface KeptRow {
  line: number;
  /** By columns of the template. */
  cells: [column: string, cell: string][];
  /** What its rows come from. */
  source: string;
  /** The listing before this row: null where there was none. */
  before: Service | null;
  /** Cells that an earlier row of it had left in words by then. */
  kept: [column: string, cell: string][];
}

/** Reads the rows of one table. */
export class OwnRowReader {
  readonly #reader: RowReader;
  readonly #options: RowOptions;
  readonly #headings: string;
  readonly #told: Told;

  /**
   * @param headings stands for tables with these headings (layout.ts)
   * @param told what moderators have said of their words
   */
  constructor(options: RowOptions, headings: string, told: Told) {
    const { db } = options;
    this.#options = { ...options, own: true, keptBefore: (id) => keptOf(db, headings, id) };
    this.#reader = new RowReader(this.#options, OWN_COLUMNS);
    this.#headings = headings;
    this.#told = told;
  }

  read(line: number, cells: TemplateCells): Incoming {
    const { db, source } = this.#options;
    const asker = new Asker(this.#told);
    const read = rowRead(this.#reader, line, cells, asker, source);
    const id = read.record_id;
    if (id === null || read.listing === null) return read;
    const raw: KeptRow | null =
      asker.questions.length === 0
        ? null
        : {
            line,
            cells: [...cells],
            source,
            before: findListing(db, id)?.service ?? null,
            kept: keptOf(db, this.#headings, id),
          };
    return { ...read, asked: { by: 'table', of: this.#headings, questions: asker.questions, raw } };
  }
}

/** The cells of a row that came before, as far as they were kept in words. */
function keptOf(db: Db, headings: string, id: string): [column: string, cell: string][] {
  const raw = rawAsked(db, headings, id) as KeptRow | null;
  return raw === null ? [] : keptCells(raw.cells);
}

/**
 * Reads a row once more, as it came then.
 * @returns what it comes to, and what it asks
 */
export function readKeptRow(db: Db, headings: string, id: string, today: string, told: Told): Incoming | null {
  const raw = rawAsked(db, headings, id) as KeptRow | null;
  const stored = findListing(db, id);
  if (raw === null || stored === null) return null;
  const { line, cells, source, before, kept } = raw;
  const reader = new RowReader({ db, source, today, own: true, keptBefore: () => kept }, OWN_COLUMNS);
  const asker = new Asker(told);
  const was: Listing | null = before && { ...stored, service: Service.parse(before) };
  const read = rowRead(reader, line, new Map([...cells, ['id', id]]), asker, source, was);
  return { ...read, asked: { by: 'table', of: headings, questions: asker.questions, raw } };
}

function rowRead(
  reader: RowReader,
  line: number,
  own: TemplateCells,
  asker: Asker,
  source: string,
  was?: Listing | null,
): Incoming {
  const cells = new Map(own);
  if (!cells.has('organisation')) cells.set('organisation', `Not stated (listed by ${source})`.slice(0, 160));
  const read = reader.read({ line, cells: OWN_COLUMNS.map(({ name }) => cells.get(name) ?? '') }, asker, was);
  return withKeeper(read, cells.get('keeper'));
}

/** The record with whom its row names as the keeper; what is no address is lost, and said. */
function withKeeper(read: Incoming, cell: string | undefined): Incoming {
  if (cell === undefined) return read;
  const address = cell.trim().replace(/^mailto:/i, '');
  if (z.email().max(254).safeParse(address).success) return { ...read, keeper: address };
  const words = 'This is not one e-mail address, so nobody is named to look after it.';
  const where = read.line === undefined ? {} : { line: read.line };
  return { ...read, repairs: [...read.repairs, { field: 'keeper', column: 'keeper', words, ...where }] };
}
