import { z } from 'zod';
import { ServiceArea } from './service-area.ts';

/**
 * What a clinical service says to those who refer, under the names of HSDS where it has one. The words for patients are
 * in the listing's own `description`, `eligibility` and `application_process`.
 */

const text = (max: number) => z.string().trim().min(1).max(max);
const areas = z.array(ServiceArea).max(400).default([]);
const date = z.iso.date();

export const REFERRAL_KINDS = [
  'e_referral',
  'advice_and_guidance',
  'form',
  'email',
  'letter',
  'single_point_of_access',
  'self',
] as const;
export const LINK_KINDS = ['page', 'download', 'podcast', 'video'] as const;

/** One thing that must, or must not, be so; one a line, so that each can be ticked off by itself. */
export const Criterion = z.strictObject({
  text: text(240),
  /** It is decided case by case: whom to ask, or who may ask. */
  case_by_case: text(160).optional(),
  /** Who helps instead, where the criterion rules somebody out. */
  instead: text(160).optional(),
});
export type Criterion = z.infer<typeof Criterion>;

export const ReferralRoute = z.strictObject({
  name: text(120),
  kind: z.enum(REFERRAL_KINDS),
  /** Who takes this route, and for whom: 'GPs', 'Patients in Southampton only'. */
  used_by: text(160).optional(),
  /** In order: what is asked, and what is answered, chosen or copied there. */
  steps: z
    .array(z.strictObject({ label: text(60), value: text(200) }))
    .max(20)
    .default([]),
  /** Where this route is limited to a part of the catchment. */
  service_areas: areas,
  note: text(400).optional(),
});
export type ReferralRoute = z.infer<typeof ReferralRoute>;

const Tier = z.strictObject({
  name: text(120),
  /** 1 is the first; several of one level divide the catchment between them. */
  level: z.int().min(1).max(9),
  description: text(400).optional(),
  offers: z.array(text(160)).max(20).default([]),
  /** The part of the catchment that it sees; none is all of it. */
  service_areas: areas,
});

export const Clinical = z.strictObject({
  /** What the people there call the area: 'City and Hackney'. Which addresses that is stands in `service_areas`. */
  catchment: text(80),
  eligibility_criteria: z.array(Criterion).max(40).default([]),
  exclusion_criteria: z.array(Criterion).max(40).default([]),
  who_may_refer: z.array(text(120)).max(10).default([]),
  referral_routes: z.array(ReferralRoute).max(10).default([]),
  /** HSDS required_document: what to enclose, a document each. */
  required_documents: z.array(text(200)).max(20).default([]),
  /** What every referral passes first. */
  triage_point: z.strictObject({ name: text(120), description: text(400).optional() }).optional(),
  tiers: z.array(Tier).max(10).default([]),
  /** What happens after the referral, in order. */
  stages: z
    .array(z.strictObject({ name: text(120), description: text(400) }))
    .max(10)
    .default([]),
  /** What can be had there besides. */
  offers: z.array(text(200)).max(20).default([]),
  programmes: z
    .array(
      z.strictObject({
        name: text(120),
        sessions: text(120),
        /** How long one session is. */
        length: text(80).optional(),
        follow_up: text(160).optional(),
        led_by: text(200).optional(),
      }),
    )
    .max(6)
    .default([]),
  /** HSDS wait_time. */
  wait_time: text(200).optional(),
  links: z
    .array(
      z.strictObject({
        name: text(160),
        kind: z.enum(LINK_KINDS),
        url: z
          .url({ protocol: /^https?$/ })
          .max(500)
          .optional(),
        /** The month or the day: '2025-11', '2025-11-30'. */
        published: z
          .string()
          .regex(/^\d{4}-(0[1-9]|1[0-2])(-\d{2})?$/)
          .optional(),
      }),
    )
    .max(20)
    .default([]),
  /** The day by which the source itself says that it will be reviewed. */
  review_date: date.optional(),
  /** Copied from what the service has published and not confirmed by it. */
  check_before_use: z.boolean().default(true),
});
export type Clinical = z.infer<typeof Clinical>;
