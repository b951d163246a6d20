import { type Answers, multipleAnswers, singleAnswer } from '../domain/answers.ts';
import { ACCESS, unanswered } from '../domain/questions.ts';
import type { Location, Service } from '../domain/service.ts';
import { type FieldGroup, jsonAnswer, type ListingDraft, set, triStateOf } from './listing-draft.ts';

/** Of a place that is kept private, people may leave out all but the postcode. */
function address(venue: Location, answers: Answers): void {
  const district = jsonAnswer<{ name?: string }>(answers, 'district', {}).name;
  venue.name = singleAnswer(answers, 'venue_name') || singleAnswer(answers, 'address_1') || 'Private address';
  venue.address = {
    address_1: singleAnswer(answers, 'address_1') || venue.name,
    ...(singleAnswer(answers, 'address_2') === '' ? {} : { address_2: singleAnswer(answers, 'address_2') }),
    city: singleAnswer(answers, 'city') || district || 'Private address',
    postal_code: singleAnswer(answers, 'postcode'),
    country: 'GB',
  };
}

function point(venue: Location, answers: Answers): void {
  const [latitude, longitude] = [singleAnswer(answers, 'latitude'), singleAnswer(answers, 'longitude')];
  set(venue, 'latitude', latitude === '' ? null : Number(latitude));
  set(venue, 'longitude', longitude === '' ? null : Number(longitude));
}

const emptyVenue = (id: string): Location => ({
  id,
  name: 'Venue',
  location_type: 'physical',
  accessibility: unanswered(ACCESS),
  confidential: false,
  example: false,
});

/** Which of the ways of attending there are; the venue comes and goes with 'in person'. */
function attending(making: ListingDraft, answers: Answers): void {
  making.service.attending_types = multipleAnswers(answers, 'attending') as Service['attending_types'];
  if (!making.service.attending_types.includes('in_person')) making.venue = null;
}

const inPerson = (answers: Answers): boolean => multipleAnswers(answers, 'attending').includes('in_person');

/** Where it is and how to get in. */
export const PLACE_GROUPS: readonly FieldGroup[] = [
  { fields: ['attending'], shows: ['attending', 'venue'], checks: 'place', put: attending },
  {
    fields: ['venue_name', 'address_1', 'address_2', 'city', 'postcode'],
    shows: ['venue', 'point'],
    checks: 'place',
    put(making, answers) {
      if (!inPerson(answers)) return;
      const { venue, ownVenueId } = making;
      // A venue that others share stays as it is: their listings have not moved.
      making.venue =
        venue === null
          ? emptyVenue(ownVenueId)
          : { ...venue, id: singleAnswer(answers, 'venue_shared') === 'yes' ? ownVenueId : venue.id };
      address(making.venue, answers);
      point(making.venue, answers);
    },
  },
  {
    fields: ['latitude', 'longitude'],
    shows: ['point'],
    checks: 'place',
    put({ venue }, answers) {
      if (venue) point(venue, answers);
    },
  },
  {
    fields: ['confidential'],
    shows: ['venue'],
    put({ venue }, answers) {
      if (venue) venue.confidential = singleAnswer(answers, 'confidential') === 'yes';
    },
  },
  {
    fields: ['transportation', ...ACCESS, 'accessibility_notes'],
    shows: ['transportation', 'accessibility', 'accessibility_notes'],
    put({ venue }, answers) {
      if (!venue) return;
      set(venue, 'transportation', singleAnswer(answers, 'transportation'));
      for (const feature of ACCESS) venue.accessibility[feature] = triStateOf(answers, feature);
      set(venue, 'accessibility_notes', singleAnswer(answers, 'accessibility_notes'));
    },
  },
];
