import type { HomeArea } from '../domain/service-area.ts';
import type { Db } from '../store/open.ts';
import type { IncomingPiece } from './incoming.ts';
import type { ImportFile } from './source/import-file.ts';

/** What it takes to read files of one more form; formats.ts lists those that are read. */
export interface ImportFormat {
  /** For people: 'CSV'. */
  label: string;
  /** What such a file is, for the words of the command. */
  help: string;
  /** How the names of such files end, in small letters: '.csv'. Which format a file has is told by what is in it. */
  endings: readonly string[];
  /**
   * Whose listings it holds: those of a feed are kept apart, each under the id that it has there, and what is edited here
   * stays; this directory's own replace what is here.
   */
  holds: 'feed' | 'own';
  /** Whether a file is of this format, by its first bytes (64 kilobytes, unzipped). */
  recognizes(beginning: Uint8Array): boolean;
  /**
   * Reads it, record by record.
   * @throws UnreadableFile where nothing of it can be read
   */
  read(file: ImportFile, context: ReadContext): AsyncIterable<IncomingPiece>;
}

export interface ReadContext {
  db: Db;
  /** Where the listings come from. */
  feed: FeedSource;
  /** 'YYYY-MM-DD' in Europe/London. */
  today: string;
}

/** A directory whose listings are taken in, as they name it. */
export interface FeedSource {
  id: string;
  name: string;
  url: string | null;
  licence: string | null;
  /** Where it is at home, where that is known: what it means by 'borough-wide'. */
  home?: HomeArea | null;
}
