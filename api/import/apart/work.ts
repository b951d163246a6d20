import type { Directory } from '../../directory/directory.ts';
import type { QuestionKey } from '../../store/import-questions.ts';
import type { LogKeeper } from '../../store/open.ts';
import {
  type Arranged,
  arrangeUploadAs,
  type Confirmed,
  confirmUpload,
  receiveUpload,
  type SentUpload,
} from '../csv/uploads.ts';
import type { Note } from '../incoming.ts';
import { answerQuestion } from '../questions/reread.ts';
import { createHarvester } from '../schedule.ts';
import type { Layout } from '../table/layout.ts';
import { type Undone, undoUpload } from '../table/undo.ts';

/** The slow parts of an import, which a process of its own does, so that nobody who searches waits for them. */

export interface ImportWork {
  /** Looks at a spreadsheet (receiveUpload). */
  look(upload: SentUpload, body: Uint8Array, id?: string): Promise<{ id: string } | { problems: readonly Note[] }>;
  /** Reads one as a moderator says (arrangeUploadAs). */
  arrange(id: string, chosen: Partial<Layout>, agreed: boolean): Promise<Arranged>;
  /** Takes one in (confirmUpload). */
  confirm(id: string, person: number, seen: string): Promise<Confirmed>;
  /** Undoes what taking one in did (undoUpload). */
  undo(person: number, id: string): Promise<Undone | null>;
  /** Keeps or forgets what a moderator says of words of a feed (answerQuestion). */
  answer(feed: string, question: QuestionKey, answer: string | null, person: number): Promise<number>;
  /** Harvests feeds (Harvester). */
  harvest(feeds: readonly string[]): Promise<void>;
}

/** What is asked of the other process, and what it answers: by number, since much may be asked at once. */
export type Asked = { number: number } & (
  | { what: 'look'; given: Parameters<ImportWork['look']> }
  | { what: 'arrange'; given: Parameters<ImportWork['arrange']> }
  | { what: 'undo'; given: Parameters<ImportWork['undo']> }
  | { what: 'confirm'; given: Parameters<ImportWork['confirm']> }
  | { what: 'answer'; given: Parameters<ImportWork['answer']> }
  | { what: 'harvest'; given: Parameters<ImportWork['harvest']> }
);
export type Answered = { number: number } & ({ answer: unknown } | { failed: true });

/** What the process is told at its start. */
export interface ApartOptions {
  /** Of the database. */
  file: string;
  /** Who writes its log back. */
  log?: LogKeeper;
  /** Lets feeds on private addresses be asked. */
  allowPrivate: boolean;
}

/**
 * Does the work in this very process.
 * @param log told in a line what each harvest came to
 */
export function workHere(
  directory: Directory,
  { allowPrivate }: ApartOptions,
  log: (line: string) => void,
): ImportWork & { stop(): void } {
  const harvester = createHarvester(directory, { allowPrivate }, log);
  return {
    look: (upload, body, id) => receiveUpload(directory, upload, body, id),
    arrange: (id, chosen, agreed) => arrangeUploadAs(directory, id, chosen, agreed),
    undo: (person, id) => undoUpload(directory, person, id),
    confirm: (id, person, seen) => confirmUpload(directory, id, person, seen),
    answer: (feed, question, answer, person) => answerQuestion(directory, feed, question, answer, person),
    harvest: (feeds) => harvester.harvest(feeds),
    stop: () => harvester.stop(),
  };
}
