import { z } from '@hono/zod-openapi';
import { Refusal } from './outcome.ts';

/** What may be asked of a search, and how it is read (hl7.org/fhir/R4/search.html). */

/** Resources on a page where nothing is said, and at most. */
const COUNT = { default: 20, most: 100 };
/** Metres around a point where `near` does not say how far. */
const NEAR_M = 5000;
/** More than all of Great Britain across. */
const FAR_M = 2_000_000;
const METRES: Readonly<Record<string, number>> = {
  m: 1,
  km: 1000,
  '[mi_us]': 1609.344,
  '[mi_i]': 1609.344,
  mi: 1609.344,
};

/** A point, and metres around it. */
export interface Near {
  latitude: number;
  longitude: number;
  metres: number;
}

const listOf = z.string().transform((text) => text.split(',').map((part) => part.trim()));
/** 'Location/…' or the id alone. */
const idOf = (type: string) =>
  z.string().transform((text) => text.trim().slice(text.trim().startsWith(`${type}/`) ? type.length + 1 : 0));

const near = z.string().transform((text, ctx): Near => {
  const [latitude, longitude, far = '', unit = 'km'] = text.split('|').map((part) => part.trim());
  const metres = far === '' ? NEAR_M : Number(far) * (METRES[unit === '' ? 'km' : unit] ?? Number.NaN);
  const point = { latitude: Number(latitude || Number.NaN), longitude: Number(longitude || Number.NaN), metres };
  if (!Object.values(point).every(Number.isFinite) || metres < 0)
    ctx.addIssue({ code: 'custom', message: 'takes latitude|longitude|distance|unit, such as 51.545|-0.055|2|km' });
  return { ...point, metres: Math.min(metres, FAR_M) };
});

const wholeNumber = (most: number, least: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `must be a whole number of at least ${least}`)
    .transform(Number)
    .refine((value) => value >= least, `must be at least ${least}`)
    .transform((value) => Math.min(value, most));

const COMMON = {
  _id: listOf.optional(),
  _count: wholeNumber(COUNT.most, 0).optional(),
  page: wholeNumber(1_000_000, 1).optional(),
  _format: z.enum(['json', 'application/json', 'application/fhir+json'], 'must be json').optional(),
};

/** The parameters of each resource. */
export const PARAMETERS = {
  HealthcareService: z.strictObject({
    ...COMMON,
    name: z.string().optional(),
    'service-category': listOf.optional(),
    location: idOf('Location').optional(),
    organization: idOf('Organization').optional(),
    near: near.optional(),
    _include: listOf
      .pipe(
        z.array(
          z.enum(
            ['HealthcareService:location', 'HealthcareService:organization'],
            'must be HealthcareService:location or HealthcareService:organization',
          ),
        ),
      )
      .optional(),
  }),
  Location: z.strictObject({ ...COMMON, near: near.optional() }),
  Organization: z.strictObject({ ...COMMON, name: z.string().optional() }),
} as const;

export type ResourceType = keyof typeof PARAMETERS;
export type Asked<T extends ResourceType> = z.infer<(typeof PARAMETERS)[T]>;

/**
 * Reads the parameters of a search.
 * @param given as a query or a form has them; one that is repeated takes commas instead, but for `_include`
 * @throws Refusal where one is unknown or cannot be read
 */
export function readParameters<T extends ResourceType>(type: T, given: URLSearchParams): Asked<T> {
  const values = new Map<string, string>();
  for (const [name, value] of given) {
    const before = values.get(name);
    if (before !== undefined && name !== '_include')
      throw new Refusal(400, `${name}: give it once; several values of one parameter stand with commas between them.`);
    values.set(name, before === undefined ? value : `${before},${value}`);
  }
  const schema: z.ZodType = PARAMETERS[type];
  const { success, data, error } = schema.safeParse(Object.fromEntries(values));
  if (success) return data as Asked<T>;
  const [issue] = error.issues;
  if (issue?.code === 'unrecognized_keys')
    throw new Refusal(
      400,
      `${type} has no such parameter. It takes ${Object.keys(PARAMETERS[type].shape).join(', ')}.`,
    );
  throw new Refusal(400, `${String(issue?.path[0])}: ${issue?.message}.`);
}

/** Which resources of a list a page holds. */
export const pageOf = ({
  _count = COUNT.default,
  page = 1,
}: {
  _count?: number | undefined;
  page?: number | undefined;
}) => ({
  skip: (page - 1) * _count,
  limit: _count,
  page,
});
