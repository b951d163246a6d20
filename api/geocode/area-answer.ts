import type { ServiceArea } from '../domain/service-area.ts';
import type { GeoPoint } from './metres.ts';

/** What some words come to that somebody writes for an area. */

/** What some words come to. */
export type AreaAnswer =
  | { kind: 'named'; areas: ServiceArea[] /** What should be said of it, in sentences. */; notes: string[] }
  /** Several things bear the name; each choice is one of them, as it can be written. */
  | { kind: 'several'; name: string; choices: string[] }
  | { kind: 'unknown'; name: string };

/** Who says it, for what a name alone does not tell. */
export interface AreaContext {
  /** ONS codes of the districts where the source is at home: what 'borough-wide' means. */
  home?: readonly string[] | undefined;
  /** ONS code of the district of the venue, for the same where the source has no one district. */
  district?: string | null | undefined;
  /** Where the venue is, so that a district far off is not taken for a town next door that bears its name. */
  near?: GeoPoint | null | undefined;
}

/** Letters of the name of an area. */
export const LONGEST_NAME = 80;

/** '‘Richmond upon Thames’ or ‘Richmond, North Yorkshire’': what to write in place of a name that several things have. */
export const choicesInWords = (choices: readonly string[]): string =>
  choices.map((choice) => `‘${choice}’`).join(' or ');

export const named = (areas: readonly ServiceArea[], notes: string[] = []): AreaAnswer => ({
  kind: 'named',
  areas: [...areas],
  notes,
});

/** Each area once; one that is sure rather than one that is approximate. Of two approximate ones both names stay. */
export function once(areas: readonly ServiceArea[]): ServiceArea[] {
  const kept = new Map<string, ServiceArea>();
  for (const area of areas) {
    const other = kept.get(area.code);
    if (!other || (other.approximate && !area.approximate)) kept.set(area.code, area);
    else if (other.approximate && other.said_as && area.said_as && other.said_as !== area.said_as)
      kept.set(area.code, { ...other, said_as: `${other.said_as} and ${area.said_as}`.slice(0, LONGEST_NAME) });
  }
  return [...kept.values()];
}
