import type { Directory } from '../../directory/directory.ts';
import { type Confirmed, confirmUpload, receiveUpload, type SentUpload } from '../csv/uploads.ts';
import type { Note } from '../incoming.ts';
import { createHarvester } from '../schedule.ts';

/** What taking in costs much time: it is done in a process of its own, so that nobody who searches waits for it. */

export interface ImportWork {
  /** Looks at a spreadsheet (receiveUpload). */
  look(upload: SentUpload, body: Uint8Array): Promise<{ id: string } | { problems: readonly Note[] }>;
  /** Takes one in (confirmUpload). */
  confirm(id: string, person: number, seen: string): Promise<Confirmed>;
  /** Harvests feeds (Harvester). */
  harvest(feeds: readonly string[]): Promise<void>;
}

/** What is asked of the other process, and what it answers: by number, since much may be asked at once. */
export type Asked = { number: number } & (
  | { what: 'look'; given: Parameters<ImportWork['look']> }
  | { what: 'confirm'; given: Parameters<ImportWork['confirm']> }
  | { what: 'harvest'; given: Parameters<ImportWork['harvest']> }
);
export type Answered = { number: number } & ({ answer: unknown } | { failed: true });

/** What the process is told at its start. */
export interface ApartOptions {
  /** Of the database. */
  file: string;
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
    look: (upload, body) => receiveUpload(directory, upload, body),
    confirm: (id, person, seen) => confirmUpload(directory, id, person, seen),
    harvest: (feeds) => harvester.harvest(feeds),
    stop: () => harvester.stop(),
  };
}
