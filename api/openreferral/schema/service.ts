import { z } from '@hono/zod-openapi';
import { Schedule, SERVICE_AREA_STATUSES, Service, WEEKDAYS } from '../../domain/service.ts';
import { ServiceArea } from '../../domain/service-area.ts';
import { clock, date, hsds, id, own, text, uri } from './fields.ts';
import { OrukLocation } from './location.ts';
import { OrukOrganization, OrukPhone } from './organization.ts';
import { OrukAttribute } from './terms.ts';

/**
 * The records as they are published: fields and names of Open Referral UK 3.0, those of HSDS 3.0 that it leaves out,
 * and under `signpost` what neither has a field for. What is not known is left out: nothing is null or empty. A record
 * from a feed may have more fields than these, as its source has them.
 */

const schedule = Schedule.shape;
const OrukSchedule = z
  .object({
    id,
    service_id: id.optional(),
    service_at_location_id: id.optional(),
    valid_from: date.optional(),
    valid_to: date.optional(),
    dtstart: date.optional(),
    freq: z.enum(['WEEKLY', 'MONTHLY']).optional(),
    interval: z.int().optional(),
    byday: text.optional(),
    bymonthday: text.optional(),
    wkst: z.enum(WEEKDAYS).optional().openapi(hsds('the day on which weeks begin, where it is not Monday.')),
    count: z.int().optional().openapi(hsds('how often it happens: 1 for what happens once.')),
    opens_at: clock
      .optional()
      .openapi({ description: 'On the clock of the United Kingdom, summer and winter: HH:MM.' }),
    closes_at: clock.optional(),
    description: text.optional(),
    schedule_link: uri.optional(),
    attending_type: text.optional(),
    notes: text.optional(),
    signpost: z
      .object({
        freq: schedule.freq,
        description: schedule.description,
        dates_unknown: schedule.dates_unknown,
        bymonth: schedule.bymonth,
        bank_holidays: schedule.bank_holidays,
        term_time: schedule.term_time.unwrap().optional(),
        exceptions: schedule.exceptions.unwrap().optional(),
        additional_dates: schedule.additional_dates.unwrap().optional(),
      })
      .optional()
      .openapi(
        own(
          'months, school terms, bank holidays, breaks and extra dates, which `notes` has in words; whether the dates are unknown.',
        ),
      ),
  })
  .openapi('Schedule');

const OrukServiceArea = z
  .object({
    id,
    service_id: id.optional(),
    name: text.optional(),
    service_area: text.optional(),
    uri: uri.optional(),
    extent: text.optional(),
    extent_type: text.optional(),
    signpost: ServiceArea.omit({ name: true }).optional().openapi(own('the area as a code: ONS, or of a postcode.')),
  })
  .openapi('ServiceArea');

const OrukLanguage = z
  .object({
    id,
    service_id: id.optional(),
    name: text.optional().openapi(hsds('in English.')),
    code: text.optional().openapi(hsds('BCP 47.')),
  })
  .openapi('Language');

const OrukCost = z
  .object({
    id,
    service_id: id.optional(),
    valid_from: date.optional(),
    valid_to: date.optional(),
    option: text
      .optional()
      .openapi({ description: '‘free’, ‘donation’ or ‘paid’; ‘concession’ beside it for a lower price.' }),
    amount: z.number().optional(),
    amount_description: text.optional(),
    currency: text.optional().openapi(hsds('GBP.')),
  })
  .openapi('CostOption');

const OrukContact = z
  .object({
    id,
    service_id: id.optional(),
    name: text.optional(),
    title: text.optional(),
    email: z.email().optional().openapi(hsds('where to write.')),
    phones: z.array(OrukPhone).optional().openapi(hsds('where to call.')),
  })
  .openapi('Contact');

const OrukDocument = z.object({ id, service_id: id.optional(), document: text }).openapi('RequiredDocument');

const service = Service.shape;
const Extras = z
  .object({
    summary: service.summary.optional(),
    written_in: z.string().optional(),
    first_visit: service.first_visit,
    restrictions: z.array(z.string()).optional(),
    service_area_status: z.enum(SERVICE_AREA_STATUSES).optional(),
    service_area_home: service.service_area_home,
    availability: z
      .object({
        state: z.enum(['open', 'waiting_list', 'full', 'paused']),
        until: date.optional(),
        note: text.optional(),
      })
      .optional(),
    source: service.source.optional(),
    assured_date: date.optional(),
    assured_by: service.assured_by.optional(),
    checked: service.checked.optional(),
    guessed: service.guessed,
    clinical: z
      .looseObject({ catchment: z.string() })
      .optional()
      .openapi({ description: 'What those who refer need to know, as /api/v1 has it, without what is not known.' }),
    unconfirmed: z.boolean().optional(),
    confidential_location: z.boolean().optional(),
    example: z.boolean().optional(),
  })
  .openapi('SignpostExtension', {
    description:
      'What neither Open Referral UK nor HSDS has a field for, under the names of /api/v1. `availability.until` is the last day of a state: the reader works out what holds today. `assured_date`: the day of the last check, however long ago. `unconfirmed`: nobody has confirmed it for long. `confidential_location`: it meets somewhere that is not published.',
  });

const placed = { id, service_id: id, location_id: id };

const basic = {
  id,
  organization_id: id,
  name: text,
  alternate_name: text.optional().openapi(hsds('another name.')),
  description: text.optional(),
  url: uri.optional(),
  email: z.email().optional(),
  status: z.enum(['active', 'inactive', 'defunct', 'temporarily closed']),
  fees: text.optional(),
  accreditations: text.optional(),
  minimum_age: z.number().optional(),
  maximum_age: z.number().optional(),
  eligibility_description: text.optional().openapi(hsds('who it is for.')),
  application_process: text.optional().openapi(hsds('how to join.')),
  wait_time: text.optional().openapi(hsds('how long people wait.')),
  assured_date: date.optional().openapi({
    description:
      'The day of the last check, for three months after it, as the standard recommends; then see `signpost`.',
  }),
  assurer_email: z.email().optional(),
  alert: text.optional(),
  last_modified: z.iso.datetime().openapi({ description: 'When anything of this published record last changed.' }),
  organization: OrukOrganization,
  distance_m: z
    .int()
    .optional()
    .openapi(own('metres in a straight line from the point asked about to the nearest of its places.')),
};

/** A service as lists have it: fields of one value alone. */
export const OrukServiceBasic = z.object(basic).openapi('ServiceBasic');

/** A service at a location as lists have it. */
export const OrukPlaceBasic = z
  .object({ ...placed, location: OrukLocation, service: OrukServiceBasic, distance_m: basic.distance_m })
  .openapi('ServiceAtLocationBasic');

/** A service with all that belongs to it. */
export const OrukService = z
  .object({
    ...basic,
    phones: z.array(OrukPhone).optional().openapi(hsds('its telephone numbers.')),
    contacts: z.array(OrukContact).optional(),
    schedules: z.array(OrukSchedule).optional(),
    service_areas: z.array(OrukServiceArea).optional(),
    service_at_locations: z
      .array(z.object({ ...placed, location: OrukLocation }).openapi('NestedServiceAtLocation'))
      .optional(),
    languages: z.array(OrukLanguage).optional(),
    cost_options: z.array(OrukCost).optional(),
    funding: z.array(z.looseObject({ id })).optional(),
    required_documents: z.array(OrukDocument).optional().openapi(hsds('what to bring or enclose.')),
    attributes: z.array(OrukAttribute).optional(),
    signpost: Extras.optional(),
  })
  .openapi('Service');

/** A service at a location with all that belongs to both. */
export const OrukPlace = z
  .object({ ...placed, location: OrukLocation, service: OrukService, schedules: OrukService.shape.schedules })
  .openapi('ServiceAtLocation');

export type OrukSchedule = z.infer<typeof OrukSchedule>;
export type OrukService = z.infer<typeof OrukService>;
export type OrukPlace = z.infer<typeof OrukPlace>;
