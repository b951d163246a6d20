import type { Directory } from '../../directory/directory.ts';
import { today } from '../../domain/london.ts';
import { joinAfterImport } from '../../matching/after-import.ts';
import { letOthersWrite, withoutWaiting } from '../../store/checkpoints.ts';
import { findFeed } from '../../store/feeds.ts';
import {
  findQuestion,
  type QuestionKey,
  rawAsked,
  recordsAsking,
  setAnswer,
  toldOf,
} from '../../store/import-questions.ts';
import { applyImport } from '../apply.ts';
import { SourceHome } from '../home.ts';
import { readFeedRecord } from '../oruk/read.ts';
import { planImport } from '../plan.ts';
import { pointChecker } from '../point-check.ts';
import { rereadRows } from '../table/reread-rows.ts';
import { type Answering, findAskedSource } from './asked-source.ts';
import type { Told } from './asker.ts';
import { noteAsked } from './note-asked.ts';

/** Records that ask something, read anew with an answer or without it. */

/** Records written together. */
const TOGETHER = 25;

/**
 * Keeps what a moderator says of some words of a source, and reads the records anew that hold them. Records that a
 * harvest has read by then, and has yet to write, are read with it at the next harvest.
 * @param sourceId of a feed, or of tables with the same headings
 * @param answer in words that are understood (readAnswer); '' where it is to stay in words; null to forget what was said
 * @param person the number of the moderator
 * @returns how many listings have changed
 */
export async function answerQuestion(
  directory: Directory,
  sourceId: string,
  question: QuestionKey,
  answer: string | null,
  person: number,
): Promise<number> {
  const { db, now } = directory;
  const source = findAskedSource(db, sourceId);
  const former = findQuestion(db, sourceId, question);
  if (source === null || former === null) return 0;
  const before = toldBefore(toldOf(db, sourceId), question);
  setAnswer(db, sourceId, question, answer, person, now().toISOString());
  // What stays in words is read as if nobody had answered.
  if ((former.answer || null) === (answer || null)) return 0;
  const said = `‘${question.said.slice(0, 80)}’`;
  const reason = answer
    ? `${said} of ${source.name} was said to be ‘${answer.slice(0, 80)}’.`
    : `${said} is open again.`;
  const answering: Answering = { source, before, now: toldOf(db, sourceId), person, reason };
  const again = source.kind === 'feed' ? rereadRecords : rereadRows;
  const ids = recordsAsking(db, sourceId, question);
  const saved: string[] = [];
  for (let at = 0; at < ids.length; at += TOGETHER) {
    const started = performance.now();
    const some = ids.slice(at, at + TOGETHER);
    saved.push(...withoutWaiting(db, () => directory.change(() => again(directory, answering, some))));
    await letOthersWrite(db, performance.now() - started);
  }
  await joinAfterImport(directory, saved);
  return saved.length;
}

/** What is told, with what was told of one question so far, whatever becomes of that. */
function toldBefore(told: Told, { kind, said }: QuestionKey): Told {
  const former = told(kind as Parameters<Told>[0], said);
  return (ofKind, words) =>
    ofKind === kind && words.toLowerCase() === said.toLowerCase() ? former : told(ofKind, words);
}

function rereadRecords(
  directory: Directory,
  { source, now: told, reason }: Answering,
  ids: readonly string[],
): string[] {
  const { db, now } = directory;
  const feed = findFeed(db, source.id);
  if (feed === null) return [];
  const context = { feed, points: pointChecker(db), today: today(now()), told };
  const records = ids.map((id) => readFeedRecord(rawAsked(db, feed.id, id), context));
  const plan = planImport(directory, feed.home ? new SourceHome(feed.home).of(records) : records, {
    feed: feed.id,
    licence: feed.licence,
    run: null,
    // What its source says, and no edit of the listing: the next record may change it.
    cause: { action: 'imported', role: 'source', reason },
  });
  const saved = applyImport(directory, plan);
  noteAsked(db, plan);
  return saved;
}
