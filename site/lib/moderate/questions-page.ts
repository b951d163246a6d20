import { today } from '#api/domain/london.ts';
import { type AskedSource, findAskedSource } from '#api/import/questions/asked-source.ts';
import { QUESTION_KINDS, type QuestionKind } from '#api/import/questions/asker.ts';
import { wrongAnswer } from '#api/import/questions/read-answer.ts';
import { directory, imports } from '#api/instance.ts';
import { findQuestion, type ImportQuestion, questionsOf } from '#api/store/import-questions.ts';
import { numberIn } from '../page-number.ts';
import { questionDone } from './question-words.ts';
import { field, formOf, moderatorOf, type PageContext, seeOther } from './session.ts';
import { begin } from './under-way.ts';

const PER_PAGE = 25;
/** Answers that are shown; the newest first. */
const MOST_ANSWERED = 200;

/** The questions of one feed, or of the tables with the same headings. */
export interface QuestionsView {
  source: AskedSource;
  /** Those that nobody has answered, of one page; each with what was typed, and what is wrong with it. */
  open: (ImportQuestion & { id: string; typed: string })[];
  answered: ImportQuestion[];
  page: { number: number; per_page: number; total: number; pages: number };
  errors: Record<string, string>;
  /** What was just done, in words. */
  done: string | null;
}

const isKind = (kind: string): kind is QuestionKind => (QUESTION_KINDS as readonly string[]).includes(kind);

/**
 * The page at /moderate/questions/SOURCE, after what its form asked for has been done.
 * @returns where to go on to; null where there is no such source
 */
export async function questionsPage(
  context: PageContext & { params: { source?: string | undefined } },
): Promise<Response | QuestionsView | null> {
  const { db, now } = directory;
  const source = findAskedSource(db, context.params.source ?? '');
  if (!source) return null;
  const { searchParams } = context.url;
  const wanted = numberIn(searchParams.get('page'));
  const form = formOf(context);
  const [kind, said, typed] = ['kind', 'said', 'typed'].map((name) => (form ? field(form, name) : ''));
  let wrong: string | null = null;
  if (form && isKind(kind!) && findQuestion(db, source.id, { kind, said: said! })) {
    const act = field(form, 'act');
    const given = field(form, 'choice') || typed!;
    wrong = act === 'leave' || act === 'undo' ? null : wrongAnswer(kind, given, source, today(now()));
    if (wrong === null) {
      const answer = act === 'undo' ? null : act === 'leave' ? '' : given;
      const { person } = moderatorOf(context);
      const changed = await begin(`answer ${source.id} ${kind} ${said}`, () =>
        imports.answer(source.id, { kind, said: said! }, answer, person),
      );
      const what = act === 'undo' ? `undone.${changed}` : act === 'leave' ? 'left' : `answered.${changed}`;
      const done = changed === null ? 'going' : what;
      return seeOther(`/moderate/questions/${source.id}?${new URLSearchParams({ page: String(wanted), done })}`);
    }
  }
  const all = questionsOf(db, source.id);
  const asked = all.filter(({ answer }) => answer === null);
  const pages = Math.max(1, Math.ceil(asked.length / PER_PAGE));
  const number = Math.min(wanted, pages);
  const open = asked.slice((number - 1) * PER_PAGE, number * PER_PAGE).map((question, at) => {
    const isThis = wrong !== null && question.kind === kind && question.said.toLowerCase() === said!.toLowerCase();
    return { ...question, id: `q${at}`, typed: isThis ? typed! : '', isThis };
  });
  return {
    source,
    open,
    answered: all
      .filter(({ answer }) => answer !== null)
      .sort((a, b) => (a.answered_at! < b.answered_at! ? 1 : -1))
      .slice(0, MOST_ANSWERED),
    page: { number, per_page: PER_PAGE, total: asked.length, pages },
    errors: Object.fromEntries(open.flatMap(({ id, isThis }) => (isThis ? [[id, wrong!]] : []))),
    done: questionDone(searchParams.get('done')),
  };
}
