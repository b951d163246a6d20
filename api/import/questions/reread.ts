import type { Directory } from '../../directory/directory.ts';
import { today } from '../../domain/london.ts';
import { joinAfterImport } from '../../matching/after-import.ts';
import { letOthersWrite, withoutWaiting } from '../../store/checkpoints.ts';
import { type Feed, findFeed } from '../../store/feeds.ts';
import {
  findQuestion,
  keepAsked,
  type QuestionKey,
  rawAsked,
  recordsAsking,
  setAnswer,
  toldOf,
} from '../../store/import-questions.ts';
import type { Db } from '../../store/open.ts';
import { applyImport } from '../apply.ts';
import { SourceHome } from '../home.ts';
import { readFeedRecord } from '../oruk/read.ts';
import { type ImportPlan, planImport } from '../plan.ts';
import { pointChecker } from '../point-check.ts';

/** Records that ask something: noted as they come, and read anew with an answer or without it. */

/** Records written together. */
const TOGETHER = 25;

/** Notes what the records of a plan ask. Call it in the change that writes them. */
export function noteAsked(db: Db, feed: string, { items }: ImportPlan): void {
  for (const { action, record_id, incoming } of items)
    if (action !== 'refused' && record_id !== null && incoming.asked)
      keepAsked(db, feed, record_id, incoming.asked.questions, incoming.asked.raw);
}

/**
 * Keeps what a moderator says of some words of a feed, and reads the records anew that hold them. Records that a harvest
 * has read by then, and has yet to write, are read with it at the next harvest.
 * @param answer in words that are understood (readAnswer); '' where it is to stay in words; null to forget what was said
 * @param person the number of the moderator
 * @returns how many listings have changed
 */
export async function answerQuestion(
  directory: Directory,
  feedId: string,
  question: QuestionKey,
  answer: string | null,
  person: number,
): Promise<number> {
  const { db, now } = directory;
  const feed = findFeed(db, feedId);
  const before = findQuestion(db, feedId, question);
  if (feed === null || before === null) return 0;
  setAnswer(db, feedId, question, answer, person, now().toISOString());
  // What stays in words is read as if nobody had answered.
  if ((before.answer || null) === (answer || null)) return 0;
  const said = `‘${question.said.slice(0, 80)}’`;
  const reason = answer ? `${said} of ${feed.name} was said to be ‘${answer.slice(0, 80)}’.` : `${said} is open again.`;
  const ids = recordsAsking(db, feedId, question);
  const saved: string[] = [];
  for (let at = 0; at < ids.length; at += TOGETHER) {
    const started = performance.now();
    const some = ids.slice(at, at + TOGETHER);
    saved.push(...withoutWaiting(db, () => directory.change(() => reread(directory, feed, some, reason))));
    await letOthersWrite(db, performance.now() - started);
  }
  await joinAfterImport(directory, saved);
  return saved.length;
}

function reread(directory: Directory, feed: Feed, ids: readonly string[], reason: string): string[] {
  const { db, now } = directory;
  const context = { feed, points: pointChecker(db), today: today(now()), told: toldOf(db, feed.id) };
  const records = ids.map((id) => readFeedRecord(rawAsked(db, feed.id, id), context));
  const plan = planImport(directory, feed.home ? new SourceHome(feed.home).of(records) : records, {
    feed: feed.id,
    licence: feed.licence,
    run: null,
    // What its source says, and no edit of the listing: the next record may change it.
    cause: { action: 'imported', role: 'source', reason },
  });
  const saved = applyImport(directory, plan);
  noteAsked(db, feed.id, plan);
  return saved;
}
