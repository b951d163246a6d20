import type { Listing, Location, Organization, Service } from '../../domain/service.ts';

/** What a column of the spreadsheet is: its heading, what to write in it, and how it goes to and from a listing. */

/** A cell that cannot be read; the message says what to write instead. */
export class UnreadableCell extends Error {
  override name = 'UnreadableCell';
}

/** Half-made, while a row is read: fields are set one by one and checked whole at the end. */
export type Partially<T> = { -readonly [Key in keyof T]?: T[Key] | undefined };

export interface RowDraft {
  service: Partially<Service>;
  organization: Partially<Organization>;
  /** In the order of the row. A confidential one is never touched. */
  venues: Partially<Location>[];
  /** 'YYYY-MM-DD' in Europe/London. */
  today: string;
}

export interface TableColumn {
  /** The heading. */
  name: string;
  /** Other headings that people give it. */
  also?: readonly string[];
  /** What to write in it, in plain words. */
  help: string;
  example: string;
  required?: boolean;
  /** The cell of a listing; '' where nothing is known. What the public may not see is not in it. */
  write(listing: Listing): string;
  /**
   * Sets what the cell says.
   * @param cell trimmed, not empty
   * @returns what was put right while reading it, in words; undefined where nothing was
   * @throws UnreadableCell
   */
  read(cell: string, draft: RowDraft): string | undefined;
  /** Takes out what the column says. Absent: it can be changed but not taken out. */
  clear?(draft: RowDraft): void;
}

/** Stands between several things in one cell, such as venues or sessions, each of which may hold commas. */
export const BAR = ' | ';

/** The parts of a cell that lists several things, each on its own line or after a bar or a semicolon. */
export const cellParts = (cell: string): string[] =>
  cell
    .split(/[|;\n\r]+/)
    .map((part) => part.trim())
    .filter(Boolean);

/**
 * The text of a cell, with its line breaks.
 * @param most characters that it may have
 * @throws UnreadableCell where it is longer
 */
export function cellText(cell: string, most: number): string {
  if (cell.length > most)
    throw new UnreadableCell(`This is ${cell.length} characters long; ${most} is the most. Shorten it.`);
  return cell;
}

type ServiceText = {
  [Key in keyof Service]-?: Service[Key] extends string | undefined ? Key : never;
}[keyof Service];

/** A column of plain text of the service. */
export const serviceText = (
  field: ServiceText,
  most: number,
  { optional = true, ...column }: Omit<TableColumn, 'read' | 'write' | 'clear'> & { optional?: boolean },
): TableColumn => ({
  ...column,
  write: ({ service }) => String(service[field] ?? ''),
  read(cell, { service }) {
    Object.assign(service, { [field]: cellText(cell, most) });
    return undefined;
  },
  ...(optional && {
    clear({ service }: RowDraft) {
      delete service[field];
    },
  }),
});
