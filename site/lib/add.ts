import type { APIContext } from 'astro';
import { type Answers, singleAnswer } from '#api/domain/answers.ts';
import { BANK_HOLIDAY_NATIONS, type BankHolidayNation } from '#api/domain/bank-holidays.ts';
import { nationsOfPostcode } from '#api/domain/nation.ts';
import { nextSessions } from '#api/domain/schedule.ts';
import type { Schedule } from '#api/domain/service.ts';
import { describeCheck, describeSession } from '#api/domain/words.ts';
import { directory, geocoder, settings } from '#api/instance.ts';
import { createRateLimiter } from '#api/runtime/limits.ts';
import type { Submission } from '#api/store/submissions.ts';
import { problemsOf, type StepStanding, stepStandingOf } from '#api/submit/checks.ts';
import { openDraft, openEditing, saveStep, stepMark } from '#api/submit/drafts.ts';
import { answersFrom, STEPS, type StepKey, wasVisited } from '#api/submit/fields.ts';
import { pinnedPlaces } from '#api/submit/point.ts';
import type { FormProblem } from '#api/submit/problems.ts';
import { asksForPlaces, schedulesIn } from '#api/submit/session-places.ts';
import { checkContextOf, mayChange, type SubmissionForm } from '#api/submit/submission-form.ts';
import { today } from './today.ts';

/** The pages of the form for a listing: what a request to one of them comes to. */

/**
 * Under which address it is filled in: /add/KEY, /edit/KEY for a listing that there is, or /moderate/forms/ID by a
 * moderator, which no key opens.
 */
export type Way = 'add' | 'edit' | 'moderate';

/** What a page of the form is asked with. */
export type FormContext = Pick<APIContext, 'request' | 'url' | 'locals'>;

/** The limiter counts by the minute; on a clock that is sixty times slower, by the hour. */
const hourly = (times: number) =>
  createRateLimiter(settings.RATE_LIMIT === 0 ? 0 : times, () => performance.now() / 60);
/** Forms that one connection may begin in an hour: a whole centre may share one. */
const begun = hourly(60);

/** Whether this connection may begin one more form. */
export const mayBegin = ({ clientAddress }: Pick<APIContext, 'clientAddress'>): boolean =>
  begun.take(clientAddress) === 0;

/** What was sent to a page; empty where it is no form that can be read. One behind a session has been read at the door. */
export const sentTo = async ({ request, locals }: Pick<FormContext, 'request' | 'locals'>): Promise<FormData> =>
  locals.form ?? request.formData().catch(() => new FormData());

/** A field of a form, trimmed. */
export const field = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
};

/** A field that people do not see: whoever fills it in is a program. */
export const TRAP = 'homepage_2';
export const isTrapped = (form: FormData): boolean => field(form, TRAP) !== '';

/** The form behind a key; null where it works no longer. */
export const formAt = (way: 'add' | 'edit', token: string | undefined): SubmissionForm | null =>
  token === undefined ? null : way === 'add' ? openDraft(directory, token) : openEditing(directory, token);

/** The address of a page of a form. */
export const pageOf = (way: Way, { token, submission }: SubmissionForm, page = ''): string =>
  `${way === 'moderate' ? `/moderate/forms/${submission.id}` : `/${way}/${token}`}${page === '' ? '' : `/${page}`}`;

/** How each step stands, with what is wrong in it. */
export const standings = ({ submission }: SubmissionForm): { key: StepKey; title: string; standing: StepStanding }[] =>
  STEPS.map(({ key, title }) => ({
    key,
    title,
    standing: stepStandingOf(key, submission.answers, checkContextOf(submission, directory.now())),
  }));

/** The nations of a form's venue, whose bank holidays count; all of them while it has none. */
export function nationsOfForm({ submission }: SubmissionForm): readonly BankHolidayNation[] {
  const postcode = singleAnswer(submission.answers, 'postcode');
  return postcode === '' ? BANK_HOLIDAY_NATIONS : nationsOfPostcode(postcode);
}

/** The next dates in words: 'Tuesday 24 November, 10:30am to 12 noon'. */
export const nextDates = (
  schedules: readonly Schedule[],
  count: number,
  nations: readonly BankHolidayNation[],
): { words: string; check: string | null }[] =>
  nextSessions(schedules, directory.now(), count, undefined, () => nations).map((session) => ({
    words: describeSession(session, today()),
    check: describeCheck(session),
  }));

/** One step as its page shows it. */
export interface StepView {
  way: Way;
  form: SubmissionForm;
  step: StepKey;
  title: string;
  /** What stands in the fields: what was just typed, else what is saved. */
  answers: Answers;
  problems: readonly FormProblem[];
  /** What another tab or visit has saved meanwhile; null where nobody has. */
  meanwhile: Answers | null;
  /** Of the answers as they are saved now. */
  mark: string;
  /** The page to go to when it is saved: 'check', or '' for the next step. */
  back: string;
  /** Whether it shows room for one more place than are written. */
  more: boolean;
}

/** Where a step leads once it is right. */
function onwards(step: StepKey, { submission }: SubmissionForm, back: string): string {
  if (step === 'when' && schedulesIn(submission.answers).length > 0) return 'dates';
  if (step === 'where') return afterAddress(submission, 0, back);
  if (back === 'check') return 'check';
  const next = STEPS[STEPS.findIndex(({ key }) => key === step) + 1];
  return next?.key ?? 'check';
}

/** What was chosen from lists of days and times, as one would say it; '' where nothing was. */
function chosenTime(sent: FormData): string {
  const [often, day, from, to, start] = ['often', 'day', 'from', 'to', 'start'].map((name) =>
    field(sent, `plain_${name}`),
  );
  if (!day && !from) return '';
  return [
    [often, day, often?.startsWith('every') ? '' : 'of the month'].filter(Boolean).join(' '),
    [from, to && `${from ? 'to' : 'until'} ${to}`].filter(Boolean).join(' '),
    start && `from ${start}`,
    field(sent, 'plain_term') === 'yes' ? 'term time' : '',
  ]
    .filter(Boolean)
    .join(', ');
}

/** The step before one; '' before the first. */
const before = (step: StepKey): string => STEPS[STEPS.findIndex(({ key }) => key === step) - 1]?.key ?? '';

/** Carries on where to go back to. */
export const withBack = (page: string, back: string): string =>
  back === 'check' && !page.endsWith('check') ? `${page}${page.includes('?') ? '&' : '?'}back=check` : page;

/** Who changes one thing of a listing comes back to what they have changed, and so does who was there already. */
const backOf = ({ submission }: SubmissionForm, wish: string | null): string =>
  submission.kind === 'edit' || wish === 'check' ? 'check' : '';

/** Whether maps show streets: on a ground that is drawn from postcodes alone nobody finds a door. */
const showsStreets = settings.MAP_TILES_URL !== null;

/**
 * Where the address of a place leads: to the next pin that can be put right, then to which time is where.
 * @param place the place whose pin was just looked at; 0 where none was
 */
export function afterAddress(submission: Submission, place: number, back: string): string {
  const next = showsStreets ? pinnedPlaces(submission).find((other) => other > place) : undefined;
  if (next !== undefined) return next === 1 ? 'map' : `map?place=${next}`;
  return afterDates(submission, back, 'for');
}

/** Where the dates lead, once they are said to be right. */
export const afterDates = ({ answers }: Submission, back: string, next: StepKey): string =>
  asksForPlaces(answers) ? 'places' : back || next;

/** Which answer of another visit differs from what is typed: the names of the fields. */
export const differing = (typed: Answers, saved: Answers): string[] =>
  Object.keys(typed).filter((name) => String(typed[name] ?? '') !== String(saved[name] ?? ''));

/**
 * What a request to a step comes to: a page to draw, or where to go.
 * @param status told to the page's response
 */
export async function stepRequest(
  way: Way,
  step: StepKey,
  form: SubmissionForm,
  context: FormContext,
): Promise<{ view: StepView; status: number } | { href: string }> {
  const { request, url } = context;
  const title = STEPS.find(({ key }) => key === step)?.title ?? '';
  const { submission } = form;
  const view = (shown: Partial<StepView>): StepView => ({
    way,
    form,
    step,
    title,
    answers: submission.answers,
    problems: [],
    meanwhile: null,
    mark: stepMark(submission.answers, step),
    back: backOf(form, url.searchParams.get('back')),
    more: url.searchParams.has('more'),
    ...shown,
  });
  if (!mayChange(submission)) return { href: pageOf(way, form) };
  const check = (answers: Answers) => problemsOf(step, answers, checkContextOf(submission, directory.now()));
  if (request.method !== 'POST') {
    const problems = wasVisited(submission.answers, step) ? check(submission.answers) : [];
    return { view: view({ problems }), status: 200 };
  }
  const sent = await sentTo(context);
  const chosen = step === 'when' ? chosenTime(sent) : '';
  const read = answersFrom(sent, step);
  const typed = chosen
    ? { ...read, sessions: [singleAnswer(read, 'sessions'), chosen].filter(Boolean).join('\n') }
    : read;
  const back = backOf(form, field(sent, 'back'));
  const saved = await saveStep(directory, geocoder, form, step, typed, field(sent, 'mark'));
  if (saved.outcome === 'gone') return { href: pageOf(way, form) };
  const { answers } = saved.form.submission;
  if (saved.outcome === 'conflict')
    return {
      view: view({ answers: { ...answers, ...typed }, meanwhile: answers, mark: stepMark(answers, step), back }),
      status: 409,
    };
  if (chosen && field(sent, 'add_time') !== '') return { href: `${pageOf(way, form, withBack(step, back))}#sessions` };
  const leave = field(sent, 'leave');
  if (leave !== '') return { href: pageOf(way, form, leave === 'back' ? before(step) : '') };
  // Which time is where is asked on a page of its own, which comes next.
  const problems = check(answers).filter((problem) => problem.field !== 'session_places');
  if (problems.length > 0)
    return { view: view({ form: saved.form, answers, problems, mark: stepMark(answers, step), back }), status: 422 };
  if (field(sent, 'add_place') !== '')
    return { href: `${withBack(pageOf(way, form, step), back)}${back === 'check' ? '&' : '?'}more=yes#more` };
  return { href: withBack(pageOf(way, form, onwards(step, saved.form, back)), back) };
}
