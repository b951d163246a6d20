import type { Context } from 'hono';
import type { Geocoding, Located, Place, PlaceKey } from '../domain/place.ts';
import { sealPlace } from '../domain/privacy.ts';
import { OUTCOME_PROBLEMS, type Problem, problem } from './problem.ts';

/** What is said about a postcode that cannot be searched from: one sentence for each case, which says how to go on. */

/** The outcomes that can be searched from; 'terminated' can where its old point is known. */
export const SEARCHABLE_OUTCOMES = ['found', 'confirm', 'approximate', 'terminated'] as const;

type Terminated = Extract<Geocoding, { outcome: 'terminated' }>;
/** The answer of the geocoder to a postcode that can be searched from. */
export type SearchableGeocoding = Located | (Terminated & { place: Place; key: PlaceKey });

export const canBeSearched = (geocoding: Geocoding): geocoding is SearchableGeocoding =>
  'place' in geocoding && geocoding.place !== null && geocoding.key !== null;

type Unlisted = Exclude<Geocoding, Located>;

function sentence(geocoding: Unlisted): string {
  switch (geocoding.outcome) {
    case 'several':
      return 'More than one place answers to that. Choose one of `choices`, and pass its `near` on.';
    case 'terminated':
      return 'That postcode is no longer in use, and we do not know where it was. Try the one that replaced it, or its first half, such as E8.';
    case 'unknown':
      return geocoding.nearby
        ? `No postcode like that is in use. Check it, or search from ${geocoding.nearby.label}: pass the \`near\` of \`nearby\` on.`
        : 'No postcode like that is in use. Check it, or try the name of a place.';
    case 'no_point':
      return {
        no_coordinates:
          'That postcode is in use, but the list of postcodes has no point for it. Try a postcode next door, or its first half, such as E8.',
        bfpo: 'That is a British Forces post office, which is not a place on our map. Try the name of a town in the United Kingdom.',
        non_geographic:
          'That postcode is for post alone and is not a place on the map. Try the postcode of where the person lives.',
      }[geocoding.reason];
    case 'outside_coverage':
      return geocoding.where === 'elsewhere'
        ? 'That place is outside England, Scotland and Wales, which is all that this directory covers. Leave the place out to see what is online or by phone.'
        : `That postcode is in ${geocoding.where}, which this directory does not cover yet. Leave the place out to see what is online or by phone.`;
    case 'no_fixed_abode':
      return 'That code stands for no fixed address. Try the postcode or the name of a place that the person can get to.';
    case 'not_a_postcode':
      return geocoding.empty
        ? 'Give a postcode, such as E8 1EA, or the name of a place, such as Homerton.'
        : 'That is not a postcode or a place that we know. Try a full postcode, such as E8 1EA, its first half, such as E8, or the name of a town or area.';
  }
}

/**
 * Answers for a postcode that cannot be searched from: the outcome, what to do, and places to go on from where there
 * are any.
 */
export function outcomeProblem(
  c: Context,
  geocoding: Unlisted,
  secret: Uint8Array,
  { parameter = 'postcode', ...extra }: Pick<Problem, 'parameter' | 'urgent'> = {},
) {
  const sealed = ({ label, key }: { label: string; key: PlaceKey }) => ({ label, near: sealPlace(key, secret) });
  const { outcome } = geocoding;
  return problem(c, OUTCOME_PROBLEMS[outcome], {
    detail: sentence(geocoding),
    parameter,
    outcome,
    ...(outcome === 'several' ? { typed: geocoding.typed, choices: geocoding.choices.map(sealed) } : {}),
    ...(outcome === 'no_point' ? { reason: geocoding.reason } : {}),
    ...(outcome === 'outside_coverage' ? { where: geocoding.where } : {}),
    ...(outcome === 'terminated' ? { since: geocoding.since } : {}),
    ...extra,
    ...('nearby' in geocoding && geocoding.nearby ? { nearby: sealed(geocoding.nearby) } : {}),
  });
}
