/** Where in a file: both from 1; `name` is what the column is called. */
export interface Position {
  line: number;
  column?: number;
  name?: string | undefined;
}

/** A file that cannot be imported, said so that a person finds the place and knows what to do. */
export class BrokenFileError extends Error {
  /** Null where it is the file as a whole. */
  readonly position: Position | null;

  constructor(file: string, problem: string, position: Position | null = null) {
    const { line, column, name } = position ?? {};
    const place = [file];
    if (line !== undefined) place.push(`line ${line}`);
    if (column !== undefined) place.push(`column ${column}${name ? ` (${name})` : ''}`);
    super(`${place.join(', ')}: ${problem}`);
    this.name = 'BrokenFileError';
    this.position = position;
  }
}
