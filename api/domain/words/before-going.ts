import { guessesIn, isSortedByWords } from '../guesses.ts';
import { areasOfReach } from '../reach.ts';
import type { Listing, RecordState, Schedule, Service } from '../service.ts';
import { areaLabels, type ServiceArea } from '../service-area.ts';
import { shortenText } from '../shorten.ts';
import { withoutEnd } from '../trim.ts';
import { describeAges } from './answers.ts';
import { describeDate } from './dates.ts';
import { AVAILABILITY_LABELS, STATUS_LABELS } from './labels.ts';

/** What a listing warns of, for programs that show it on and read no more than a text: what the cards of this site say. */

/** As the file, the API or a search has it. */
export interface WarnedOf {
  service: Pick<Service, 'example' | 'availability' | 'attending_types' | 'assured_by'> & {
    guessed?: readonly string[] | undefined;
    status?: Service['status'];
    schedules?: readonly Pick<Schedule, 'term_time'>[];
    service_areas?: readonly ServiceArea[];
    service_area_status?: Service['service_area_status'];
  };
  state: RecordState;
  /** What its source is called. */
  source: string;
  /** Whether its address is withheld. */
  isPrivate: boolean;
}

/**
 * What somebody has to know before they rely on a listing, but for whom it is for: a sentence each, what matters most first. What
 * holds until a day is said with that day, so that the words change only with the listing.
 */
export function beforeGoing({ service: it, state, source, isPrivate }: WarnedOf): string[] {
  const { state: open, until, note } = it.availability;
  const { service_areas = [], service_area_status = 'said' } = it;
  const said: readonly (string | false | undefined)[] = [
    it.example && 'This is a made-up example, not a real service.',
    it.status !== undefined && it.status !== 'active' && `${STATUS_LABELS[it.status]}.`,
    open !== 'open' && `${AVAILABILITY_LABELS[open]}${until === undefined ? '' : ` until ${describeDate(until)}`}.`,
    note,
    state === 'unconfirmed' && 'Nobody has confirmed it lately: ask first.',
    isPrivate && 'Where it is is kept confidential: get in touch first.',
    areasOfReach({ service_areas: [...service_areas], service_area_status }) === null &&
      'It is not known where people must live: ask first.',
    it.attending_types.length === 0 && 'It is not known how people take part: ask first.',
    it.schedules?.some(({ term_time }) => term_time) && 'It keeps school terms: check the date first.',
    (it.assured_by === 'nobody' || it.assured_by === 'source') && `From ${source}; not checked by this directory.`,
    isSortedByWords(it.guessed ?? []) && 'What kind of thing it is was guessed from its words.',
  ];
  return said.filter((words) => typeof words === 'string');
}

/** The same of a listing as the file has it. */
export const warningsOf = ({ service, locations, state }: Listing): string[] =>
  beforeGoing({
    service: { ...service, guessed: guessesIn(service) },
    state,
    source: service.source.name,
    isPrivate: locations.some(({ confidential }) => confidential),
  });

/** Letters of what a listing says at length of whom it is for. */
const MOST = 120;

/**
 * Whom a listing is for, each condition by itself; empty where everybody may come. What it says at length is shortened. A
 * clinical service says on its page who fits.
 */
export function whomItIsFor({ eligibility, kind }: Pick<Service, 'eligibility' | 'kind'>): string[] {
  const { description, restrictions, minimum_age, maximum_age } = eligibility;
  return [
    ...restrictions,
    ...(minimum_age === undefined && maximum_age === undefined ? [] : [describeAges(eligibility)]),
    ...(description === undefined || kind === 'clinical' ? [] : [inBrief(description)]),
  ];
}

/** What a listing says at length of whom it is for, as a part of a sentence. */
export const inBrief = (description: string): string => withoutEnd(shortenText(description, MOST), '.');

/** The same, and where people must live. */
export const whoMayCome = (service: Pick<Service, 'eligibility' | 'kind' | 'service_areas'>): string[] => [
  ...whomItIsFor(service),
  ...(service.service_areas.length > 0 ? [`People who live in ${areaLabels(service.service_areas).join(', ')}`] : []),
];
