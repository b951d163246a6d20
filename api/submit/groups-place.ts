import { type Answers, jsonAnswer, multipleAnswers, singleAnswer } from '../domain/answers.ts';
import { ACCESS, unanswered } from '../domain/questions.ts';
import type { Location, Service } from '../domain/service.ts';
import { type FieldGroup, type ListingDraft, set, triStateOf } from './listing-draft.ts';
import { hasAddress, isPrivatePlace, PLACE_NUMBERS, placeAnswer, placeField, placesIn } from './places.ts';

/** Of a place that is kept private, people may leave out all but the postcode. */
function address(venue: Location, answers: Answers, place: number): void {
  const answer = (name: string) => placeAnswer(answers, name, place);
  const district = jsonAnswer<{ name?: string }>(answers, placeField('district', place), {}).name;
  const { state_province: county, city: formerCity } = venue.address ?? {};
  const city = answer('city') || district || 'Private address';
  venue.name = answer('venue_name') || answer('address_1') || 'Private address';
  venue.address = {
    address_1: answer('address_1') || venue.name,
    ...(answer('address_2') !== '' && { address_2: answer('address_2') }),
    city,
    // The form does not ask for the county; it is that of the town.
    ...(county !== undefined && city === formerCity && { state_province: county }),
    postal_code: answer('postcode'),
    country: 'GB',
  };
}

function point(venue: Location, answers: Answers, place: number): void {
  const [latitude, longitude] = [placeAnswer(answers, 'latitude', place), placeAnswer(answers, 'longitude', place)];
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

/** Which of the ways of attending there are; places come and go with 'in person'. */
function attending(making: ListingDraft, answers: Answers): void {
  making.service.attending_types = multipleAnswers(answers, 'attending') as Service['attending_types'];
  if (!hasAddress(answers)) making.venues = [];
}

/** Where a place is, on paper and on the map; whether that is kept private. */
const placeGroups = (place: number): FieldGroup[] => [
  {
    fields: ['venue_name', 'address_1', 'address_2', 'city', 'postcode'].map((name) => placeField(name, place)),
    shows: ['venue', 'point'],
    checks: 'place',
    put(making, answers) {
      if (!hasAddress(answers)) return;
      const { venues, ownVenueId } = making;
      const venue = venues[place - 1] ?? null;
      const own = placeAnswer(answers, 'place_id', place) || ownVenueId(place);
      // A venue that others share stays as it is: their listings have not moved.
      const isShared = placeAnswer(answers, 'venue_shared', place) === 'yes';
      venues[place - 1] = !placesIn(answers).includes(place)
        ? null
        : venue === null
          ? emptyVenue(own)
          : { ...venue, id: isShared ? ownVenueId(place) : venue.id };
      const made = venues[place - 1];
      if (!made) return;
      address(made, answers, place);
      point(made, answers, place);
    },
  },
  {
    fields: [placeField('latitude', place), placeField('longitude', place)],
    shows: ['point'],
    checks: 'place',
    put({ venues }, answers) {
      const venue = venues[place - 1];
      if (venue) point(venue, answers, place);
    },
  },
  {
    fields: [placeField('confidential', place)],
    shows: ['venue'],
    put({ venues }, answers) {
      const venue = venues[place - 1];
      if (venue) venue.confidential = isPrivatePlace(answers, place);
    },
  },
];

/** Where it is and how to get in. */
export const PLACE_GROUPS: readonly FieldGroup[] = [
  { fields: ['attending', 'various_places'], shows: ['attending', 'venue'], checks: 'place', put: attending },
  ...PLACE_NUMBERS.flatMap(placeGroups),
  {
    fields: ['transportation', ...ACCESS, 'accessibility_notes'],
    shows: ['transportation', 'accessibility', 'accessibility_notes'],
    put({ venues: [venue] }, answers) {
      if (!venue) return;
      set(venue, 'transportation', singleAnswer(answers, 'transportation'));
      for (const feature of ACCESS) venue.accessibility[feature] = triStateOf(answers, feature);
      set(venue, 'accessibility_notes', singleAnswer(answers, 'accessibility_notes'));
    },
  },
];
