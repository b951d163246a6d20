import type { Listing } from '#api/domain/service.ts';
import { directory, tilesAt } from '#api/instance.ts';
import type { Alike } from '#api/matching/alike.ts';
import { publishOwn } from '#api/moderate/edit.ts';
import { mendsOf, publishMended } from '#api/moderate/mend.ts';
import { changesBetween, type FieldChange } from '#api/submit/compare.ts';
import { STEPS } from '#api/submit/fields.ts';
import { callDifferent, callOurs, listingsAlike } from '#api/submit/likeness.ts';
import { PLACE_NUMBERS } from '#api/submit/places.ts';
import { DIRECTIONS, MOVES, movedPoint, pinnedPlaces, pointOfForm, putPoint } from '#api/submit/point.ts';
import type { FormProblem } from '#api/submit/problems.ts';
import { putSessionPlaces } from '#api/submit/put-session-places.ts';
import { send } from '#api/submit/send.ts';
import { asksForPlaces, schedulesIn, sessionPlaces } from '#api/submit/session-places.ts';
import { mayChange, previewOf, type SubmissionForm } from '#api/submit/submission-form.ts';
import {
  afterAddress,
  type FormContext,
  field,
  formAt,
  isTrapped,
  pageOf,
  type StepView,
  sentTo,
  stepRequest,
  type Way,
  withBack,
} from './add.ts';

/** What a request to any page of a form comes to: one of its steps, or one of the pages between them. */
export type Drawn = { kind: 'go'; href: string; status: 303 } | DrawnPage;

/** A page to draw. */
export type DrawnPage =
  | { kind: 'step'; view: StepView; status: number }
  | { kind: 'dates'; form: SubmissionForm; status: 200 }
  | { kind: 'map'; view: PointView; status: number }
  | { kind: 'places'; view: PlacesView; status: number }
  | { kind: 'check'; view: CheckView; status: number };

/** The page on which the point of the venue is put right. */
export interface PointView {
  form: SubmissionForm;
  /** The number of the place. */
  place: number;
  point: { latitude: number; longitude: number };
  zoom: number;
  /** Metres by which the buttons move it. */
  by: number;
  trouble: string | null;
  tiles: string;
  back: string;
}

/** The page on which each time is given its place. */
export interface PlacesView {
  form: SubmissionForm;
  /** What is chosen for each time, in their order. */
  chosen: readonly string[];
  problems: readonly FormProblem[];
  back: string;
}

/** The page that shows all of it before it is sent. */
export interface CheckView {
  form: SubmissionForm;
  /** Null while steps are missing. */
  preview: Listing | null;
  changes: FieldChange[];
  alike: Alike[];
  trouble: string | null;
}

const go = (href: string): Drawn => ({ kind: 'go', href, status: 303 });

const NEAREST_ZOOM = 17;
const FURTHEST_ZOOM = 13;
/** A step of the map's size that shows what is around a hall. */
const FIRST_ZOOM = 16;

/** What a request to a page of a form comes to. */
export async function drawn(way: Way, page: string, form: SubmissionForm, context: FormContext): Promise<Drawn | null> {
  const step = STEPS.find(({ key }) => key === page)?.key;
  if (step) {
    const answer = await stepRequest(way, step, form, context);
    return 'href' in answer ? go(answer.href) : { kind: 'step', ...answer };
  }
  if (!mayChange(form.submission))
    return ['dates', 'map', 'places', 'check'].includes(page) ? go(pageOf(way, form)) : null;
  if (page === 'dates') return { kind: 'dates', form, status: 200 };
  if (page === 'map') return mapRequest(way, form, context);
  if (page === 'places') return placesRequest(way, form, context);
  return page === 'check' ? checkRequest(way, form, context) : null;
}

const number = (text: string | null, known: readonly number[], otherwise: number): number =>
  known.find((value) => String(value) === text) ?? otherwise;

async function mapRequest(way: Way, form: SubmissionForm, context: FormContext): Promise<Drawn> {
  const { request, url } = context;
  const place = number(url.searchParams.get('place'), PLACE_NUMBERS, 1);
  const point = pointOfForm(form, place);
  if (!point || !pinnedPlaces(form.submission).includes(place)) return go(pageOf(way, form, 'where'));
  const zooms = Array.from({ length: NEAREST_ZOOM - FURTHEST_ZOOM + 1 }, (_, index) => FURTHEST_ZOOM + index);
  const zoom = number(url.searchParams.get('zoom'), zooms, FIRST_ZOOM);
  const back = url.searchParams.get('back') === 'check' ? 'check' : '';
  const sent = request.method === 'POST' ? await sentTo(context) : null;
  const by = number(sent ? field(sent, 'by') : url.searchParams.get('by'), MOVES, MOVES[0]);
  const shown = (trouble: string | null, status: number): Drawn => ({
    kind: 'map',
    view: { form, place, point, zoom, by, trouble, tiles: tilesAt(), back },
    status,
  });
  if (!sent) return shown(null, 200);
  const direction = DIRECTIONS.find((each) => each === field(sent, 'move'));
  const put = {
    latitude: Number(field(sent, 'latitude') || point.latitude),
    longitude: Number(field(sent, 'longitude') || point.longitude),
  };
  const to = field(sent, 'move') === 'back' ? null : direction ? movedPoint(put, direction, by) : put;
  const done = putPoint(directory, form, place, to);
  if (done === 'gone') return go(pageOf(way, form));
  if (done === 'too far')
    return shown(
      'The point cannot be more than 2 miles from the postcode. If the place is somewhere else, change its postcode.',
      422,
    );
  const here = new URLSearchParams({ place: String(place), zoom: String(zoom), by: String(by), ...(back && { back }) });
  if (field(sent, 'move') !== '') return go(`${pageOf(way, form, 'map')}?${here}#point`);
  return go(withBack(pageOf(way, form, afterAddress(form.submission, place, back)), back));
}

async function placesRequest(way: Way, form: SubmissionForm, context: FormContext): Promise<Drawn> {
  const { answers } = form.submission;
  if (!asksForPlaces(answers)) return go(pageOf(way, form, 'where'));
  const back = context.url.searchParams.get('back') === 'check' ? 'check' : '';
  const shown = (chosen: readonly string[], problems: readonly FormProblem[], status: number): Drawn => ({
    kind: 'places',
    view: { form, chosen, problems, back },
    status,
  });
  if (context.request.method !== 'POST') return shown(sessionPlaces(answers), [], 200);
  const sent = await sentTo(context);
  const chosen = schedulesIn(answers).map((_, index) => field(sent, `place_of_${index}`));
  const leave = field(sent, 'leave');
  const done = putSessionPlaces(directory, form, chosen, leave !== '');
  if (done === 'gone') return go(pageOf(way, form));
  if (leave !== '') return go(pageOf(way, form, leave === 'back' ? withBack('where', back) : ''));
  if (done === 'saved') return go(pageOf(way, form, back || 'for'));
  const open = chosen.flatMap((place, index) => (place === '' ? [index] : []));
  return shown(
    chosen,
    open.map((index) => ({ field: `place_of_${index}`, words: 'Choose where this is' })),
    422,
  );
}

async function checkRequest(way: Way, form: SubmissionForm, context: FormContext): Promise<Drawn> {
  const sent = context.request.method === 'POST' ? await sentTo(context) : null;
  const acted = sent ? act(way, form, sent) : null;
  if (acted && acted !== 'trapped') return acted;
  const preview = previewOf(form, directory.now());
  const changes = preview ? changesBetween(form.current, preview) : [];
  const alike = preview ? listingsAlike(directory, form, preview) : [];
  const trouble =
    acted === 'trapped'
      ? 'One field that must stay empty was filled in, perhaps by your browser. It is empty again: send it once more'
      : null;
  return { kind: 'check', view: { form, preview, changes, alike, trouble }, status: trouble ? 422 : 200 };
}

/** What a button on the last page does. */
function act(way: Way, form: SubmissionForm, sent: FormData): Drawn | 'trapped' {
  if (isTrapped(sent)) return 'trapped';
  const different = field(sent, 'different');
  if (different) {
    callDifferent(directory, form, different);
    return go(pageOf(way, form, 'check'));
  }
  const ours = field(sent, 'ours');
  if (ours) {
    callOurs(directory, form, ours);
    return go(pageOf(way, form, 'check'));
  }
  const done = send(directory, form);
  if (done.outcome === 'incomplete') return go(pageOf(way, form, 'check'));
  if (way === 'moderate') return go(publishFor(form.submission));
  const again = formAt(way, form.token);
  const outcome = new URLSearchParams({ sent: done.outcome });
  if (done.outcome === 'waiting' && done.published.length > 0) outcome.set('sent', 'partly');
  return go(again ? `${pageOf(way, form)}?${outcome}` : withBack(`/${way}`, ''));
}

/** Publishes what a moderator sent. @returns the page that says what came of it */
function publishFor({ id, person, service_id, answers }: SubmissionForm['submission']): string {
  const listing = `/moderate/listings/${service_id}`;
  const mends = mendsOf(answers);
  if (person !== null && mends)
    return publishMended(directory, id, person)
      ? `${listing}?done=publish.${mends.id}`
      : `/moderate/submissions/${mends.id}?done=quicker.${mends.id}`;
  return person !== null && publishOwn(directory, id, person)
    ? `${listing}?done=own.${service_id}`
    : `/moderate/submissions/${id}`;
}
