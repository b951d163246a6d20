import { datesKnown } from '../../domain/recurrence.ts';
import type { Listing } from '../../domain/service.ts';
import { describeAges, describeCost, describeLanguage, describeSchedule, STATUS_LABELS } from '../../domain/words.ts';

/** What was made of a record of a feed: what is understood, and what people are shown in the words of its source. */

/** 'When': 'Tuesdays, 10am to 12 noon'. */
export interface ReportLine {
  about: string;
  words: string;
}

/** Lines behind a description that hold what could not be read (oruk/listing.ts). */
const KEPT_LINE = /^(Cost|Phone|Languages|Opening hours): (.+)$/gm;

/** A line of whom it is for that says the areas once more. */
const AREA_LINE = /^Area served: .*$/gm;

const filled = (lines: readonly [about: string, words: string | readonly string[]][]): ReportLine[] =>
  lines.flatMap(([about, words]) => {
    const said = typeof words === 'string' ? words : [...new Set(words)].join('; ');
    return said === '' ? [] : [{ about, words: said }];
  });

/** What is understood of a listing, in the order of the questions that may be asked about it. */
export function understoodOf(
  { service, locations }: Pick<Listing, 'service' | 'locations'>,
  today: string,
): ReportLine[] {
  const { eligibility } = service;
  const hasAges = (eligibility.minimum_age ?? eligibility.maximum_age) !== undefined;
  return filled([
    ['Does it run', STATUS_LABELS[service.status]],
    ['When', service.schedules.filter(datesKnown).map((schedule) => describeSchedule(schedule, today))],
    ['Where', locations.map(({ name, address }) => [name, address?.postal_code].filter(Boolean).join(', '))],
    ['For people from', service.service_areas.map(({ name, said_as }) => said_as ?? name)],
    ['Cost', service.cost_options.length === 0 ? '' : describeCost(service.cost_options)],
    ['Ages', hasAges ? describeAges(eligibility) : ''],
    ['Languages', service.languages.map(describeLanguage)],
    ['Telephone', service.phones.map(({ number }) => number)],
  ]);
}

/** What is shown in the words of the source, since it could not be read. */
export function keptInWords({ service }: Pick<Listing, 'service'>, today: string): ReportLine[] {
  const untold = service.schedules.filter((schedule) => !datesKnown(schedule));
  const kept = [...service.description.matchAll(KEPT_LINE)].map(([, about = '', words = '']) => ({ about, words }));
  return [
    ...filled([
      [
        'When',
        [...untold.map((schedule) => describeSchedule(schedule, today)), service.schedule_description ?? ''].filter(
          Boolean,
        ),
      ],
      ['For people from', service.service_area_words],
      ['Who it is for', (service.eligibility.description ?? '').replace(AREA_LINE, '').trim()],
    ]),
    ...kept,
  ];
}
