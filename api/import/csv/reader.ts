import { createHash } from 'node:crypto';
import type { Listing, Location, Organization } from '../../domain/service.ts';
import { joinedInto } from '../../store/joined.ts';
import { findListing } from '../../store/listings.ts';
import type { Db } from '../../store/open.ts';
import { postcodeTable } from '../../store/postcodes.ts';
import { findLocation, findOrganizationNamed, findOrganizationRecord } from '../../store/records.ts';
import { currentId } from '../../store/renewed-ids.ts';
import type { Incoming, Note } from '../incoming.ts';
import { Asker } from '../questions/asker.ts';
import { readByAnswer } from './asked-cells.ts';
import { type Partially, type RowDraft, type TableColumn, UnreadableCell } from './column.ts';
import { TABLE_COLUMNS } from './columns.ts';
import { type IdOf, idsOf } from './identity.ts';
import { keepInWords, takeOutKept } from './own-words.ts';
import type { TableRow } from './rows.ts';
import { plainText } from './values.ts';
import { type TableOfRow, wholeListing } from './whole-listing.ts';

/** One row after the other made into listings: what is stored, changed by what the row says. */

export interface RowOptions {
  db: Db;
  /** What rows without a source of their own come from; rows without an id are known by it, too. */
  source: string;
  /** 'YYYY-MM-DD' in Europe/London. */
  today: string;
  /**
   * Whether the table is somebody's own: a cell that cannot be read is then lost, or kept in words, and not its row; and
   * what only the template asks for is filled in.
   */
  own?: boolean;
  /** Of a row of it that came before: its cells that were kept in words then, by their columns. */
  keptBefore?: (id: string) => Iterable<readonly [column: string, cell: string]>;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
/**
 * An export writes this before a cell that a spreadsheet would take for a formula. It is no part of what the cell says.
 */
const GUARD = /^'(?=[\s\u200b]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n])/;
/** In a cell: take out what is there. */
const NOTHING = '-';

/** What a cell says, however a spreadsheet has wrapped it. */
const cellOf = (written: string): string => written.replace(GUARD, '').replace(/\r\n?/g, '\n').trim();

/** Characters of a cell, beyond which nothing in it is looked at. */
const MOST_IN_CELL = 20_000;

type Cells = Map<TableColumn, string>;

const column = (name: string): TableColumn => TABLE_COLUMNS.find((it) => it.name === name)!;
const [ID, NAME, ORGANISATION, POSTCODE, SOURCE, AREA_SERVED] = [
  'id',
  'name',
  'organisation',
  'postcode',
  'source',
  'area served',
].map(column) as [TableColumn, TableColumn, TableColumn, TableColumn, TableColumn, TableColumn];

/** Reads rows into listings. One reader for one file: what rows share, an organization or a venue, is one thing. */
export class RowReader {
  readonly #options: RowOptions;
  readonly #table: TableOfRow;
  readonly #idFor: IdOf;
  readonly #columns: readonly (TableColumn | null)[];
  /** In which they are read: those that are not of the template come last. */
  readonly #order: readonly TableColumn[];
  readonly #organizations = new Map<string, Organization>();
  readonly #locations = new Map<string, Location>();
  /** Lines by id. */
  readonly #seen = new Map<string, number>();

  /** @param columns by place in the row; null: passed over */
  constructor(options: RowOptions, columns: readonly (TableColumn | null)[]) {
    this.#options = options;
    this.#columns = columns;
    this.#order = [...new Set([...TABLE_COLUMNS, ...columns.filter((it) => it !== null)])];
    this.#idFor = idsOf(options.db);
    this.#table = {
      source: options.source,
      own: options.own ?? false,
      postcodes: postcodeTable(options.db),
      idFor: this.#idFor,
      location: (id) => this.#location(id),
    };
  }

  #cellsOf(row: TableRow): Cells {
    return new Map(this.#columns.flatMap((it, at) => (it ? [[it, cellOf(row.cells[at] ?? '')] as const] : [])));
  }

  /** The organization that a row names, as it is so far: stored, or of a row before. */
  #organization(name: string): Partially<Organization> {
    const { db, source } = this.#options;
    const id = this.#idFor('organization', source, plainText(name));
    const known = this.#organizations.get(id) ?? findOrganizationRecord(db, id) ?? findOrganizationNamed(db, name);
    if (!known) return { id, name };
    return { ...(this.#organizations.get(known.id) ?? known) };
  }

  /** A venue as it is so far: of a row before, or stored. */
  #location(id: string): Location | null {
    return this.#locations.get(id) ?? findLocation(this.#options.db, id);
  }

  /**
   * Reads one row. What is wrong with it is in the answer, in words.
   * @param asker takes what the cells of somebody's own table leave open, and gives what was said of that
   * @param was the listing that the row changes, null where there was none; absent: as the directory has it
   */
  read(row: TableRow, asker = new Asker(), was?: Listing | null): Incoming {
    const { db } = this.#options;
    const cells = this.#cellsOf(row);
    const reasons: Note[] = [];
    const repairs: Note[] = [];
    const say = (notes: Note[], name: string, words: string) =>
      notes.push({ field: name, column: name, line: row.line, words });
    const refuse = (name: string, words: string) => {
      // One complaint for each cell: more would only repeat it.
      if (!reasons.some(({ column: before }) => before === name)) say(reasons, name, words);
    };

    const extra = row.cells.slice(this.#columns.length).filter((cell) => cell.trim() !== '');
    if (extra.length > 0)
      refuse(
        'the row',
        `It has ${extra.length} more cells than there are headings. A cell with a comma in it needs quotation marks around it.`,
      );

    for (const [{ name }, cell] of cells)
      if (cell.length > MOST_IN_CELL) {
        refuse(
          name,
          `It has ${cell.length.toLocaleString('en-GB')} characters; write at most ${MOST_IN_CELL.toLocaleString('en-GB')}.`,
        );
        cells.set(column(name), '');
      }

    const id = this.#idOf(cells);
    if (id === null) refuse('id', `‘${cells.get(ID)}’ is no id. Leave it as the directory wrote it, or empty.`);
    const stored = id === null ? null : was === undefined ? findListing(db, id) : was;
    if (id !== null) {
      const before = this.#seen.get(id);
      if (before !== undefined)
        refuse(cells.get(ID) ? 'id' : 'name', `The same listing is on line ${before} already. Keep one of the two.`);
      else this.#seen.set(id, row.line);
      const into = stored && joinedInto(db, id);
      if (into) refuse('id', `It has been joined into another listing, ${into}. Change that one.`);
    }

    const draft = this.#draftOf(stored, cells);
    if (stored !== null)
      for (const [name, cell] of this.#options.keptBefore?.(stored.service.id) ?? []) takeOutKept(name, cell, draft);
    const same = (it: TableColumn, cell: string) => stored !== null && cell === cellOf(it.write(stored));
    for (const it of this.#order) {
      const cell = cells.get(it) ?? '';
      if (cell === '' || same(it, cell)) continue;
      try {
        const repair = cell === NOTHING ? this.#clear(it, draft) : it.read(cell, draft);
        if (repair !== undefined) say(repairs, it.name, repair);
      } catch (error) {
        if (!(error instanceof UnreadableCell)) throw error;
        const repair = this.#options.own ? this.#ownCell(it, cell, draft, asker, error) : null;
        if (repair === null) refuse(it.name, error.message);
        else say(repairs, it.name, repair);
      }
    }

    const listing =
      id === null
        ? null
        : wholeListing(id, stored, draft, this.#table, {
            refuse,
            repair: (name, words) => say(repairs, name, words),
            refused: () => reasons.length > 0,
            asker,
          });
    const name = cells.get(NAME) || stored?.service.name || `line ${row.line}`;
    const refused = reasons.length > 0 || listing === null;
    if (!refused) this.#remember(listing);
    return {
      record_id: id,
      line: row.line,
      name,
      listing: refused ? null : listing,
      reasons,
      repairs: refused ? [] : repairs,
      hash: createHash('sha256').update(JSON.stringify(row.cells)).digest('base64url'),
    };
  }

  /**
   * The id that the row has, else one made from its source, name and postcode, always the same; null where what it has
   * is no id.
   */
  #idOf(cells: Cells): string | null {
    const typed = cells.get(ID) ?? '';
    if (typed !== '') return UUID.test(typed) ? currentId(this.#options.db, typed.toLowerCase()) : null;
    const source = cells.get(SOURCE) || this.#options.source;
    const postcode = (cells.get(POSTCODE) ?? '').toUpperCase().replace(/[^A-Z0-9]/g, '');
    return this.#idFor('service', source, plainText(cells.get(NAME) ?? ''), postcode);
  }

  #draftOf(stored: Listing | null, cells: Cells): RowDraft {
    const named = cells.get(ORGANISATION) ?? '';
    const saysArea = this.#options.own ? (cells.get(AREA_SERVED) ?? '') !== '' : cells.has(AREA_SERVED);
    const keeps = stored && (named === '' || named === ORGANISATION.write(stored));
    const own = keeps ? (this.#organizations.get(stored.organization.id) ?? stored.organization) : null;
    return structuredClone({
      // A table without that column says nothing of whom its listings are for; an empty cell says everybody.
      service: stored?.service ?? (saysArea ? {} : { service_area_status: 'unsaid' }),
      organization: own ?? this.#organization(named),
      venues: stored?.locations.map((venue) => this.#locations.get(venue.id) ?? venue) ?? [],
      today: this.#options.today,
    });
  }

  /** A cell of somebody's own table that cannot be read: by what was said of it, else in words; null where it must be right. */
  #ownCell(it: TableColumn, cell: string, draft: RowDraft, asker: Asker, { message }: UnreadableCell): string | null {
    const told = readByAnswer(it, cell, draft, asker);
    if (told !== null) return told;
    const kept = keepInWords(it.name, cell, draft);
    return kept === null ? null : `${message} ${kept}`;
  }

  #clear(it: TableColumn, draft: RowDraft): undefined {
    if (!it.clear) throw new UnreadableCell('This cannot be taken out. Write what it should be.');
    it.clear(draft);
  }

  /** What later rows share with this one. */
  #remember({ organization, locations }: Listing): void {
    this.#organizations.set(organization.id, organization);
    for (const location of locations) this.#locations.set(location.id, location);
  }
}
