import { parse } from 'csv-parse/sync';
import { BrokenFileError } from './broken.ts';
import type { SourceFile } from './files.ts';

/** One line of a file, taken apart. The same object serves every line: keep its values, not it. */
export class Record {
  fields: string[] = [];
  line = 0;
  readonly #file: string;
  readonly #names: readonly string[];

  /** @param names of the columns, for errors */
  constructor(file: string, names: readonly string[]) {
    this.#file = file;
    this.#names = names;
  }

  text(column: number): string {
    return this.fields[column] ?? '';
  }

  /**
   * @param column from 0
   * @throws BrokenFileError always: says what is wrong with that column of this line
   */
  fail(column: number, problem: string): never {
    const found = this.text(column).slice(0, 40);
    throw new BrokenFileError(this.#file, `${problem}, found '${found}'.`, {
      line: this.line,
      column: column + 1,
      name: this.#names[column],
    });
  }

  /** A number from `from` to `to`. */
  number(column: number, from: number, to: number): number {
    const text = this.text(column).trim();
    const value = Number(text);
    if (text === '' || !(value >= from && value <= to)) this.fail(column, `expected a number from ${from} to ${to}`);
    return value;
  }
}

/**
 * The fields of a line of CSV. Nearly every line of these files has no comma or quote within a field and is simply
 * split, six times quicker; the rest goes to csv-parse.
 */
function splitFields(line: string): string[] {
  const fields = line.split(',');
  if (!line.includes('"')) return fields;
  for (let at = 0; at < fields.length; at++) {
    const field = fields[at] as string;
    if (!field.includes('"')) continue;
    const plain = field.length > 1 && field.startsWith('"') && field.indexOf('"', 1) === field.length - 1;
    if (!plain) return (parse(line) as string[][])[0] ?? [];
    fields[at] = field.slice(1, -1);
  }
  return fields;
}

/**
 * Every line of a CSV file, in order; lines that hold nothing are passed over.
 * @param take is called for each record, synchronously, so that a file of millions waits for nothing but the disk
 * @param columns names of the columns, for errors; also how many each line must have
 * @param options `header`: leave out the first line; `read` is told of bytes as they are used up
 * @returns how many lines it has
 * @throws BrokenFileError naming line and column
 */
export async function eachRecord(
  file: SourceFile,
  columns: readonly string[],
  options: { header: boolean; read?: ((bytes: number) => void) | undefined },
  take: (record: Record) => void,
): Promise<number> {
  const record = new Record(file.name, columns);
  const each = (line: string) => {
    record.line++;
    const text = line.endsWith('\r') ? line.slice(0, -1) : line;
    if (text === '' || (options.header && record.line === 1)) return;
    try {
      record.fields = splitFields(text);
    } catch {
      const column = text.slice(0, text.lastIndexOf('"')).split(',').length;
      throw new BrokenFileError(
        file.name,
        'a quotation mark is out of place. The file may have been cut short; fetch it again.',
        { line: record.line, column, name: columns[column - 1] },
      );
    }
    if (record.fields.length !== columns.length) {
      throw new BrokenFileError(
        file.name,
        `expected ${columns.length} columns, found ${record.fields.length}. The file may have been cut short; fetch it again.`,
        { line: record.line, column: Math.min(record.fields.length, columns.length + 1) },
      );
    }
    take(record);
  };
  await eachLine(file, each, options.read);
  return record.line;
}

async function eachLine(file: SourceFile, each: (line: string) => void, read?: (bytes: number) => void): Promise<void> {
  let rest = '';
  let lines = 0;
  try {
    const stream = await file.open(read);
    stream.setEncoding('utf8');
    for await (const chunk of stream) {
      const text = rest + (chunk as string);
      let from = lines === 0 && text.startsWith('\uFEFF') ? 1 : 0;
      for (let end = text.indexOf('\n', from); end >= 0; end = text.indexOf('\n', from)) {
        lines++;
        each(text.slice(from, end));
        from = end + 1;
      }
      rest = text.slice(from);
    }
  } catch (error) {
    if (error instanceof BrokenFileError) throw error;
    throw new BrokenFileError(
      file.name,
      `cannot be read beyond here (${(error as Error).message}). Fetch the file again.`,
      { line: lines + 1 },
    );
  }
  if (rest !== '') each(rest);
}

/** The fields of the first line of a file; none where it is empty or cannot be read. */
export async function firstLine(file: SourceFile): Promise<string[]> {
  const stream = await file.open();
  stream.setEncoding('utf8');
  let text = '';
  try {
    for await (const chunk of stream) {
      text += chunk as string;
      if (text.includes('\n') || text.length > 100_000) break;
    }
    const line = (text.split('\n')[0] ?? '').replace(/^\uFEFF/, '').replace(/\r$/, '');
    return line === '' ? [] : splitFields(line);
  } catch {
    return [];
  } finally {
    stream.destroy();
  }
}
