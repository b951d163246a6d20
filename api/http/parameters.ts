import { z } from '@hono/zod-openapi';

/** How parameters are read: the same rules for every route. Every default and limit is here. */
export const LIMITS = {
  /** Results on a page. */
  per_page: { default: 20, max: 100 },
  /** Results of each reach. */
  each: { max: 20 },
  page: { max: 1_000_000_000 },
  /** Miles. */
  radius: { max: 50 },
  /** Characters. */
  q: { max: 200 },
  suggest: { max: 100, default: 8, most: 20 },
  /** Values of one filter. Every facet but languages has fewer. */
  values: { max: 60 },
} as const;

type Described = { description: string; example?: string | number | string[] };

const ONCE = 'may be given once only';
const raw = z.union([z.string(), z.array(z.string())]);

/** One value. An empty one counts as not given, since a form sends its empty fields too. */
const one = z
  .union([z.string(), z.array(z.string()).length(1, ONCE)], { error: ONCE })
  .transform((value) => (typeof value === 'string' ? value : (value[0] ?? '')).trim())
  .transform((value) => (value === '' ? undefined : value));

/** 'a, b or c'. */
const either = (values: readonly string[]): string =>
  values.length < 2 ? (values[0] ?? '') : `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`;

/** Text of one value, at most so many characters. */
export const textParameter = (max: number, { description, example }: Described) =>
  one
    .pipe(z.string().max(max, `is too long: at most ${max} characters`).optional())
    .optional()
    .openapi({ type: 'string', maxLength: max, description, example });

/**
 * One value that a function reads.
 * @param read returns undefined for what it cannot read
 * @param mend what the parameter takes, to stand after its name
 */
export const parsedParameter = <T>(
  read: (text: string) => T | undefined,
  mend: string,
  { description, example }: Described,
) =>
  one
    .pipe(
      z
        .string()
        .max(100, mend)
        .transform((text, context) => {
          const value = read(text);
          if (value === undefined) context.issues.push({ code: 'custom', message: mend, input: text });
          return value as T;
        })
        .optional(),
    )
    .optional()
    .openapi({ type: 'string', description, example });

/** One of several values. */
export const choiceParameter = <const V extends readonly [string, ...string[]]>(
  values: V,
  { description, example }: Described,
) =>
  one
    .pipe(z.enum(values, { error: () => `must be ${either(values)}` }).optional())
    .optional()
    .openapi({ type: 'string', enum: [...values], description, example });

/** A number between two others, both included. */
export const numberParameter = (from: number, to: number, { description, example }: Described) =>
  one
    .pipe(
      z
        .string()
        .regex(/^[+-]?(\d+(\.\d*)?|\.\d+)$/, `must be a number from ${from} to ${to}`)
        .transform(Number)
        .refine((value) => value >= from && value <= to, `must be a number from ${from} to ${to}`)
        .optional(),
    )
    .optional()
    .openapi({ type: 'number', minimum: from, maximum: to, description, example });

/** A whole number between two others, both included. */
export const wholeNumberParameter = (from: number, to: number, fallback: number, { description, example }: Described) =>
  one
    .pipe(
      z
        .string()
        .regex(/^\d{1,16}$/, `must be a whole number from ${from} to ${to}`)
        .transform(Number)
        .refine((value) => value >= from && value <= to, `must be a whole number from ${from} to ${to}`)
        .optional(),
    )
    .optional()
    .transform((value) => value ?? fallback)
    .openapi({ type: 'integer', minimum: from, maximum: to, default: fallback, description, example });

/** Several values: the parameter repeated, or one with commas; each counts once. */
const several = raw
  .transform((value) => [value].flat().flatMap((text) => text.split(',')))
  .transform((values) => [...new Set(values.map((value) => value.trim()).filter((value) => value !== ''))])
  .refine((values) => values.length <= LIMITS.values.max, `takes at most ${LIMITS.values.max} values`);

/** Any of several values. */
export const choicesParameter = <const V extends readonly [string, ...string[]]>(
  values: V,
  { description, example }: Described,
) =>
  several
    .pipe(z.array(z.enum(values, { error: () => `takes ${either(values)}` })))
    .optional()
    .openapi({ type: 'array', items: { type: 'string', enum: [...values] }, description, example });

/**
 * Several values that a function checks.
 * @param mend what the parameter takes, to stand after its name
 */
export const codesParameter = (check: (value: string) => boolean, mend: string, { description, example }: Described) =>
  several
    .pipe(z.array(z.string().refine(check, mend)))
    .optional()
    .openapi({ type: 'array', items: { type: 'string' }, description, example });

/** The id in a path. One that cannot be an id is simply not found. */
export const idParameter = (what: string) =>
  z
    .string()
    .max(64, 'is too long to be an id')
    .openapi({
      param: { name: 'id', in: 'path' },
      description: `The id of the ${what}, as the search gives it.`,
      format: 'uuid',
    });
