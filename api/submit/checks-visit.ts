import { isInverted, readAgeFields, readAges } from '../domain/ages.ts';
import { type Answers, multipleAnswers, singleAnswer } from '../domain/answers.ts';
import { readCosts } from '../domain/cost/reader.ts';
import { readLanguages, unknownLanguage } from '../domain/languages/reader.ts';
import { ATTENDING_TYPES, COSTS, JOINS } from '../domain/service.ts';
import { phonesProblem } from '../domain/telephone/problem.ts';
import { readPhones } from '../domain/telephone/reader.ts';
import { metresBetween } from '../geocode/metres.ts';
import { isPrivatePlace, placeAnswer, placeField, placesIn } from './places.ts';
import { type Check, type FormProblem, isOneOf, missing, textProblem, when } from './problems.ts';
import { isPublicEmail, typedParts, urlOf } from './typed.ts';

/** The checks of where it is, whom it is for, what it costs and how people join. */

/** Metres: two miles. A point further from its postcode is a slip of the hand, or another place. */
const MOST_METRES = 3219;
/** What a listing holds (domain/service.ts). */
const MOST_LANGUAGES = 30;
/** Metres from the point of the postcode to the point of a place; null while there is none. */
function pointAway(answers: Answers, place: number): number | null {
  const [latitude, longitude, postLatitude, postLongitude] = [
    'latitude',
    'longitude',
    'postcode_latitude',
    'postcode_longitude',
  ].map((name) => placeAnswer(answers, name, place));
  if (!latitude || !longitude || !postLatitude || !postLongitude) return null;
  return metresBetween(
    { latitude: Number(latitude), longitude: Number(longitude) },
    { latitude: Number(postLatitude), longitude: Number(postLongitude) },
  );
}

/** How far the point may be from its postcode, metres: further where only the sector of the postcode is known. */
export const mostAway = (answers: Answers, place: number): number =>
  MOST_METRES + Number(placeAnswer(answers, 'postcode_spread', place) || 0);

/** The checks of the address of one place. */
function address(answers: Answers, place: number): (FormProblem | null)[] {
  const hidden = isPrivatePlace(answers, place);
  const away = pointAway(answers, place);
  const at = (name: string) => placeField(name, place);
  const trouble = placeAnswer(answers, 'postcode_trouble', place);
  return [
    hidden ? null : missing(answers, at('venue_name'), 'Write the name of the building, like Homerton Library'),
    missing(answers, at('postcode'), 'Write the postcode of the place'),
    when(trouble !== '', at('postcode'), trouble),
    when(
      away !== null && away > mostAway(answers, place),
      at('postcode'),
      'The point on the map is more than 2 miles from this postcode. Check the postcode, or move the point back',
    ),
    hidden ? null : missing(answers, at('address_1'), 'Write the number and street'),
    hidden ? null : missing(answers, at('city'), 'Write the town or city'),
    textProblem(answers, at('venue_name'), 'The name', 160, 0),
    textProblem(answers, at('address_1'), 'The street', 120, 0),
    textProblem(answers, at('address_2'), 'The second line', 120, 0),
    textProblem(answers, at('city'), 'The town', 80, 0),
  ];
}

export const where: Check = (answers) => {
  const ways = multipleAnswers(answers, 'attending');
  const isChosen = singleAnswer(answers, 'venue') !== '';
  return [
    when(
      ways.length === 0 || !ways.every((way) => isOneOf(way, ATTENDING_TYPES)),
      'attending',
      'Tick how people take part',
    ),
    ...placesIn(answers).flatMap((place) => (place === 1 && isChosen ? [] : address(answers, place))),
  ];
};

/** Figures alone hold years; months are said in words. */
function ageTrouble(field: 'minimum_age' | 'maximum_age', typed: string, like: string) {
  const ages = typed === '' ? { rough: false } : readAges(typed, field);
  return (
    when(ages === null, field, `Write the age in figures, ${like}`) ??
    when(ages?.rough === true, field, 'Write whole years in figures, like 4, and say the rest under ‘Who is it for?’')
  );
}

export const forWhom: Check = (answers) => {
  const [from, to] = [singleAnswer(answers, 'minimum_age'), singleAnswer(answers, 'maximum_age')];
  const kept = typedParts(singleAnswer(answers, 'restrictions'));
  const cost = singleAnswer(answers, 'cost');
  const [amount, concession] = [singleAnswer(answers, 'amount'), singleAnswer(answers, 'concession')];
  const languages = readLanguages(singleAnswer(answers, 'languages'));
  const [unknown] = languages.unknown;
  return [
    textProblem(answers, 'for_whom', 'The text', 1000),
    ageTrouble('minimum_age', from, 'like 18 or 50+'),
    ageTrouble('maximum_age', to, 'like 65'),
    when(
      isInverted(readAgeFields(from, to) ?? {}),
      'maximum_age',
      'The oldest age is below the youngest. Change one of them',
    ),
    when(
      kept.length > 5 || kept.some((part) => part.length > 80),
      'restrictions',
      'Write at most five short phrases, like ‘Women only’',
    ),
    when(
      !isOneOf(singleAnswer(answers, 'served'), ['anyone', 'areas', 'unsaid']),
      'served',
      'Say where people must live to use it',
    ),
    when(
      singleAnswer(answers, 'served') === 'areas' && singleAnswer(answers, 'served_areas') === '',
      'served_areas',
      'Write the names of the areas, each on a line of its own',
    ),
    when(
      singleAnswer(answers, 'various_places') === 'yes' && singleAnswer(answers, 'served') !== 'areas',
      'served',
      'It has no address of its own, so name the areas: they are what it is found by',
    ),
    when(
      singleAnswer(answers, 'served') === 'areas' && singleAnswer(answers, 'served_trouble') !== '',
      'served_areas',
      singleAnswer(answers, 'served_trouble'),
    ),
    when(!isOneOf(cost, COSTS), 'cost', 'Say what it costs'),
    when(
      cost === 'paid' && amount === '' && singleAnswer(answers, 'amount_note') === '',
      'amount',
      'Write how much it costs in pounds, like 3.50',
    ),
    when(
      cost !== 'free' && amount !== '' && readCosts(amount, true) === null,
      'amount',
      'Write the amount in pounds, like 3.50, or several, like £4 / £2',
    ),
    when(
      cost !== 'free' && concession !== '' && readCosts(concession, true) === null,
      'concession',
      'Write the lower price in pounds, like 1.50, or 0 where it is free',
    ),
    textProblem(answers, 'amount_note', 'The note', 120, 0),
    textProblem(answers, 'concession_note', 'The note', 120, 0),
    when(unknown !== undefined, 'languages', unknown === undefined ? '' : unknownLanguage(unknown)),
    when(languages.tags.length > MOST_LANGUAGES, 'languages', `Name ${MOST_LANGUAGES} languages at most`),
  ];
};

export const joining: Check = (answers, { today }) => {
  const ways = multipleAnswers(answers, 'join');
  const [phone, email, url] = ['phone', 'public_email', 'url'].map((name) => singleAnswer(answers, name));
  const phoneTrouble = phonesProblem(phone ?? '', readPhones(phone ?? ''));
  const until = singleAnswer(answers, 'availability_until');
  const date = singleAnswer(answers, 'availability_date');
  const closed = !isOneOf(singleAnswer(answers, 'availability'), ['', 'open']);
  const onlyDropIn = ways.length === 1 && ways[0] === 'drop_in';
  return [
    when(ways.length === 0 || !ways.every((way) => isOneOf(way, JOINS)), 'join', 'Tick how people join'),
    textProblem(answers, 'application_process', 'The text', 1000),
    textProblem(answers, 'first_visit', 'The text', 1000),
    when(
      !onlyDropIn && !phone && !email && !url,
      'phone',
      'Give at least one way to get in touch: a phone number, an e-mail address or a website',
    ),
    when(!!phone && phoneTrouble !== null, 'phone', phoneTrouble ?? ''),
    when(
      !!email && !isPublicEmail(email),
      'public_email',
      'This is not an e-mail address. Write one like hello@example.org',
    ),
    when(!!url && urlOf(url) === null, 'url', 'Write the address of the website, like www.example.org'),
    textProblem(answers, 'contact_title', 'The role', 80, 0),
    when(closed && until !== '' && date === '', 'availability_until', 'Write the date, like 1 March 2027'),
    when(
      closed && date !== '' && date < today,
      'availability_until',
      'That date is over. Write one that is to come, or choose ‘There is room’',
    ),
    textProblem(answers, 'transportation', 'The text', 600),
    textProblem(answers, 'accessibility_notes', 'The text', 600),
  ];
};
