import { randomUUID } from 'node:crypto';
import { type Answers, sameAnswer, singleAnswer } from '../domain/answers.ts';
import type { Geocoding } from '../domain/place.ts';
import { readPostcode } from '../domain/postcode.ts';
import { readSpokenDate } from '../domain/spoken-date.ts';
import { type AreaAnswer, type AreaContext, choicesInWords } from '../geocode/area-answer.ts';
import { areasNamed } from '../geocode/area-named.ts';
import { partsOfList } from '../geocode/area-words.ts';
import type { Geocoder } from '../geocode/geocoder.ts';
import type { StepKey } from './fields.ts';
import { PLACE_NUMBERS, placeAnswer, placeField, placesIn } from './places.ts';
import { readTimes, timesOf } from './said-times.ts';
import { placesOf, sessionPlaces } from './session-places.ts';

/**
 * What answers mean on the day on which they are given: dates, points, areas. It is kept beside them, so that 'Saturday
 * 12 December' stays that day however long the form waits.
 */

export interface ResolveContext {
  geocoder: Pick<Geocoder, 'locate'>;
  /** 'YYYY-MM-DD' in Europe/London. */
  today: string;
  /** The answers as the form was first filled from a listing; null for a new one. */
  base: Answers | null;
}

/** Areas that somebody may name; each is looked up, and a listing for more is for everybody. */
const MOST_AREAS = 60;
const TOO_MANY = `Name ${MOST_AREAS} areas at most. If it is for more than that, name the nation, like England`;

/** What the schema allows (domain/service.ts). */
const MOST_IN_LISTING = 400;

/** Why a postcode cannot be used for a venue, and what to write; null where it can. */
function postcodeTrouble(found: Geocoding): string | null {
  switch (found.outcome) {
    case 'found':
      return null;
    case 'approximate':
      return found.why === 'table' ? null : 'Write the whole postcode of the place, like E8 1EA';
    case 'confirm':
      return `We do not know this postcode. Did you mean ${found.suggestion}? Write it so if you did`;
    case 'terminated':
      return 'Royal Mail has withdrawn this postcode. Write the newer one: it stands on a recent letter';
    case 'unknown':
      return 'We do not know this postcode. Check it, or write one next door';
    case 'no_point':
      return found.reason === 'no_coordinates'
        ? 'The list of postcodes does not say where this one is. Write that of a building next door'
        : 'This postcode is for post only. Write the postcode of the place that people go to';
    case 'outside_coverage':
      return 'We cover England, Scotland and Wales. Write a postcode there, or choose online or by phone';
    default:
      return 'Write a whole postcode, like E8 1EA';
  }
}

const NO_POINT = {
  latitude: '',
  longitude: '',
  postcode_latitude: '',
  postcode_longitude: '',
  postcode_spread: '',
  postcode_trouble: '',
  located: '',
  district: '',
};

const atPlace = (answers: Answers, place: number): Answers =>
  Object.fromEntries(Object.entries(answers).map(([name, answer]) => [placeField(name, place), answer]));

/** The points of all places, and an id for each that is new, so that times can be said to be there. */
async function settleWhere(answers: Answers, settling: ResolveContext): Promise<Answers> {
  const named = placesIn(answers);
  const settled = PLACE_NUMBERS.map(async (place) => {
    const found = named.includes(place) ? await settlePlace(answers, place, settling) : NO_POINT;
    const isNew = named.includes(place) && placeAnswer(answers, 'place_id', place) === '';
    return atPlace(isNew ? { ...found, place_id: randomUUID() } : found, place);
  });
  return Object.assign({}, ...(await Promise.all(settled)));
}

/** The point of the postcode. One that somebody has moved stays while the postcode does. */
async function settlePlace(answers: Answers, place: number, { geocoder, base }: ResolveContext): Promise<Answers> {
  const typed = placeAnswer(answers, 'postcode', place);
  if (typed === '' || (place === 1 && singleAnswer(answers, 'venue') !== '')) return NO_POINT;
  const read = readPostcode(typed);
  const postcode = read.kind === 'unit' ? read.postcode : typed;
  if (placeAnswer(answers, 'located', place) === postcode) return {};
  const found = await geocoder.locate(postcode);
  const trouble = postcodeTrouble(found);
  if (trouble !== null || !('place' in found) || found.place === null)
    return { ...NO_POINT, postcode_trouble: trouble ?? '' };
  const { latitude, longitude, spread_m, districts } = found.place;
  // An existing listing keeps its point while its postcode stays.
  const stays =
    base !== null &&
    sameAnswer(base, answers, placeField('postcode', place)) &&
    placeAnswer(base, 'latitude', place) !== '';
  return {
    postcode,
    postcode_latitude: String(latitude),
    postcode_longitude: String(longitude),
    postcode_spread: String(spread_m),
    postcode_trouble: '',
    located: postcode,
    district: districts.length === 1 ? JSON.stringify(districts[0]) : '',
    latitude: stays ? placeAnswer(base, 'latitude', place) : String(latitude),
    longitude: stays ? placeAnswer(base, 'longitude', place) : String(longitude),
  };
}

/** What to write in place of an area that cannot be looked up. */
function areaTrouble(answer: Exclude<AreaAnswer, { kind: 'named' }>): string {
  if (answer.kind === 'several')
    return `More than one place is called ‘${answer.name}’. Write ${choicesInWords(answer.choices.slice(0, 3))}`;
  return `We do not know the area ‘${answer.name}’. Write the name of a council area, like Hackney, or the first half of postcodes, like E8`;
}

/** Where the venue is, as far as the form knows it by now. */
function areaContext(answers: Answers): AreaContext {
  const district = singleAnswer(answers, 'district');
  const [latitude, longitude] = [singleAnswer(answers, 'latitude'), singleAnswer(answers, 'longitude')];
  return {
    district: district === '' ? null : (JSON.parse(district) as { code: string }).code,
    near: latitude === '' || longitude === '' ? null : { latitude: Number(latitude), longitude: Number(longitude) },
  };
}

function settleFor(answers: Answers, { base }: ResolveContext): Answers {
  if (singleAnswer(answers, 'served') !== 'areas') return { served_codes: '', served_trouble: '' };
  if (base && sameAnswer(base, answers, 'served_areas'))
    return { served_codes: singleAnswer(base, 'served_codes'), served_trouble: '' };
  const typed = singleAnswer(answers, 'served_areas');
  const tooMany = { served_codes: '', served_trouble: TOO_MANY };
  if (partsOfList(typed).flatMap(({ words }) => words).length > MOST_AREAS) return tooMany;
  const answer = areasNamed(typed, areaContext(answers));
  if (answer.kind !== 'named') return { served_codes: '', served_trouble: areaTrouble(answer) };
  if (answer.areas.length > MOST_IN_LISTING) return tooMany;
  return { served_codes: JSON.stringify(answer.areas), served_trouble: '' };
}

function settleWhen(answers: Answers, { base, today }: ResolveContext): Answers {
  const said = singleAnswer(answers, 'sessions');
  if (said === '') return { schedules: '', sessions_trouble: '' };
  const begun = base ? timesOf(base) : [];
  const before = singleAnswer(answers, 'said_times') === '' ? begun : timesOf(answers);
  const times = readTimes(said, before, begun, today);
  if ('problem' in times) return { schedules: '', sessions_trouble: times.problem };
  const schedules = times.flatMap((it) => it.schedules);
  return {
    said_times: JSON.stringify(times),
    schedules: JSON.stringify(schedules),
    session_places: placesOf(schedules, sessionPlaces(answers)),
    sessions_trouble: '',
  };
}

/**
 * Works out what the answers of a step mean, to be kept beside them under names of its own.
 * @param answers all of the form, those of the step as they were just typed
 */
export async function resolveAnswers(step: StepKey, answers: Answers, settling: ResolveContext): Promise<Answers> {
  switch (step) {
    case 'when':
      return settleWhen(answers, settling);
    case 'where':
      return settleWhere(answers, settling);
    case 'for':
      return settleFor(answers, settling);
    case 'joining':
      return { availability_date: readSpokenDate(singleAnswer(answers, 'availability_until'), settling.today) ?? '' };
    default:
      return {};
  }
}
