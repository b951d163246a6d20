import type { Source, SourceFile } from './files.ts';
import type { Areas, PostcodeRows } from './rows.ts';

/** What the layouts gather into, and what they are told. */
export interface PostcodeGathering {
  areas: Areas;
  /** Names by ONS code, where the source carries any. */
  names: Map<string, string>;
  /** Whether Northern Irish rows are taken: they are not under the Open Government Licence. */
  northernIreland: boolean;
  /** Told of bytes used up. */
  read?: (bytes: number) => void;
}

/** One edition, read whole. */
export interface Edition {
  /** 'Code-Point Open 2025.4.0', as a page may show it. */
  source: string;
  /** The month that it stands for, 'YYYY-MM'; null where it does not say. */
  edition: string | null;
  rows: PostcodeRows;
  /** Areas ('AB') of which it names every postcode in use. */
  complete: ReadonlySet<string>;
}

/** A way in which postcodes come: told by its files, read into rows. Adding a format is adding one of these. */
export interface SourceLayout {
  /** The files of it that there are to read in a source; none where the source is in another layout. */
  files: (source: Source) => Promise<SourceFile[]>;
  /** @throws BrokenFileError naming file, line and column */
  read: (source: Source, files: SourceFile[], gathering: PostcodeGathering) => Promise<Edition>;
}

/** A district or ward as ONS codes it; pseudo codes such as E99999999 mean 'none'. */
export const isAreaCode = (code: string): boolean => /^[EWSN]\d{8}$/.test(code) && !code.endsWith('99999999');
