import type { Listing } from '../domain/service.ts';
import type { Question } from './questions/asker.ts';

/** What a source hands over, whatever its form: the shape between reading and planning. */

/** One thing to say about one field of one record. */
export interface Note {
  /** As the source calls it: 'contacts[0].email', 'Postcode'. */
  field: string;
  /** A sentence for people. */
  words: string;
  /** Of the file, counted from 1. */
  line?: number;
  /** Heading of the column. */
  column?: string;
}

/** A source of which nothing can be read; each note says what to do. */
export class UnreadableFile extends Error {
  override name = 'UnreadableFile';
  readonly notes: readonly Note[];

  constructor(notes: readonly Note[]) {
    super(notes.map(({ words }) => words).join(' '));
    this.notes = notes;
  }
}

/** Something to say about a source itself; `loses`: whether by it something is missing that may not be gone. */
export interface SourceFault {
  kind: 'fault';
  about: string;
  words: string;
  loses: boolean;
}

/** A record that its source says is no longer there, and why in a sentence. */
export interface GoneRecord {
  kind: 'gone';
  record_id: string;
  words: string;
}

/** What a source hands on: a record, one that is gone, a fault of its own, or up to which page of its list it has come. */
export type IncomingPiece =
  | { kind: 'record'; incoming: Incoming }
  | GoneRecord
  | SourceFault
  | { kind: 'page'; next: number };

/** A record that has been read. */
export interface Incoming {
  /** As the source calls it; null where it does not say, or where the record could not be read so far. */
  record_id: string | null;
  /** Of the file, counted from 1. */
  line?: number;
  /** For the report: the name, or what is known instead. */
  name: string;
  /** What it comes to under our own schema, not checked against it yet; null where it is refused. */
  listing: Listing | null;
  /** Why it is refused; empty where it is not. */
  reasons: Note[];
  /** What was put right. */
  repairs: Note[];
  /** In the form of Open Referral UK 3.0 after repairs, unknown fields included; absent where the source has another form. */
  record?: Record<string, unknown>;
  /** The e-mail address of who is to be asked to look after it, which is not published; absent where none is named. */
  keeper?: string;
  /** Of the record as it came: equal where nothing has changed. */
  hash: string;
  /** What it leaves open, and the record as it came, to be read anew with an answer; `of`: the id of its source. */
  asked?: { by: 'feed' | 'table'; of: string; questions: readonly Question[]; raw: unknown };
}
