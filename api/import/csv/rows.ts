import { Readable } from 'node:stream';
import { type CsvError, parse } from 'csv-parse';

/** The rows of a CSV file, whatever stands between its cells. */

export interface TableRow {
  /** In the file, from 1: where the row begins. */
  line: number;
  cells: string[];
}

/** A table that cannot be taken apart into rows; the message names the line. */
export class BrokenTable extends Error {
  override name = 'BrokenTable';
}

const SEPARATORS = [',', ';', '\t'] as const;
/** Characters handed to the parser at once. */
const PIECE = 1 << 16;
/** Characters of one row: a cell whose quotation mark is never closed would swallow the rest of the file. */
const MOST_IN_ROW = 200_000;

/** The separator: whichever is most frequent in the first line, outside quotation marks. */
function separatorOf(text: string): (typeof SEPARATORS)[number] {
  const counts = new Map<string, number>();
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (character === '"') quoted = !quoted;
    else if (!quoted && character === '\n') {
      if (counts.size > 0) break;
    } else if (!quoted && (SEPARATORS as readonly string[]).includes(character))
      counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  return SEPARATORS.reduce((best, it) => ((counts.get(it) ?? 0) > (counts.get(best) ?? 0) ? it : best));
}

/** 'sep=;' on the first line is for Excel. */
const withoutHint = (text: string): { text: string; hint: string | null; skipped: number } => {
  const hint = /^sep=(.)\n/i.exec(text);
  return hint
    ? { text: text.slice(hint[0].length), hint: hint[1] ?? null, skipped: 1 }
    : { text, hint: null, skipped: 0 };
};

function* pieces(text: string): Generator<string> {
  for (let at = 0; at < text.length; at += PIECE) yield text.slice(at, at + PIECE);
}

function explain(error: unknown, skipped: number): unknown {
  const { code, lines } = error as CsvError & { lines?: number };
  const line = (lines ?? 0) + skipped;
  if (code === 'CSV_QUOTE_NOT_CLOSED')
    return new BrokenTable(
      `A quotation mark that is opened on line ${line} or before is never closed. Close it, or take it out.`,
    );
  if (code === 'CSV_MAX_RECORD_SIZE')
    return new BrokenTable(
      `The row at line ${line} is longer than any listing: a quotation mark before it is probably not closed.`,
    );
  if (code?.startsWith('CSV_'))
    return new BrokenTable(`The table cannot be read at line ${line}: check the quotation marks there.`);
  return error;
}

/**
 * The rows of a table one after the other, the headings among them; rows of nothing are left out.
 * @throws BrokenTable
 */
export async function* tableRows(file: string): AsyncGenerator<TableRow> {
  // One kind of line break throughout, so that lines are counted the same within cells and between rows.
  const { text, hint, skipped } = withoutHint(file.replace(/\r\n?/g, '\n'));
  const parser = parse({
    delimiter: hint ?? separatorOf(text),
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    info: true,
    max_record_size: MOST_IN_ROW,
    record_delimiter: '\n',
  });
  const rows = Readable.from(pieces(text)).pipe(parser);
  try {
    for await (const { record, info } of rows as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      if (record.every((cell) => cell.trim() === '')) continue;
      // The parser counts to the end of a row; a cell may hold line breaks.
      const breaks = record.reduce((sum, cell) => sum + (cell.split('\n').length - 1), 0);
      yield { line: Math.max(1, info.lines - breaks) + skipped, cells: record };
    }
  } catch (error) {
    throw explain(error, skipped);
  }
}
