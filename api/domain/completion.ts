import { z } from 'zod';

/** Fills in what a value lacks; the very same value where nothing is missing. */
type Complete = (value: unknown) => unknown;

interface Field {
  key: string;
  /** What stands there where nothing does; null where the field may be absent. */
  missing: (() => unknown) | null;
  /** For what lies within it; null where nothing there has a default. */
  within: Complete | null;
}

/**
 * Brings records that were written under an earlier schema up to this one: a key that has a default, and that the record
 * lacks, gets it, however deep it lies. What comes out is in the order of the schema, as if it had just been parsed.
 * Nothing is checked, so that it costs next to nothing where nothing is missing: records were checked when they were
 * written.
 * @param schema of an object; which keys have defaults is read off it once
 * @returns a function that leaves its argument as it is and gives back that very object where it is whole already
 */
export function completerOf<T extends object>(schema: z.ZodType<T>): (record: object) => T {
  const complete = completionOf(schema) ?? ((value) => value);
  return (record) => complete(record) as T;
}

function completionOf(schema: unknown): Complete | null {
  if (schema instanceof z.ZodObject) return objectCompletion(schema);
  if (schema instanceof z.ZodArray) return arrayCompletion(schema);
  if (
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable
  )
    return completionOf(schema.unwrap());
  return null;
}

function arrayCompletion(schema: z.ZodArray): Complete | null {
  const within = completionOf(schema.element);
  if (within === null) return null;
  return (value) => {
    if (!Array.isArray(value)) return value;
    const items = value.map(within);
    return items.some((item, at) => item !== value[at]) ? items : value;
  };
}

function objectCompletion({ shape }: z.ZodObject): Complete | null {
  const keys = Object.keys(shape);
  const fields = keys
    .map((key): Field => ({ key, missing: defaultOf(shape[key]), within: completionOf(shape[key]) }))
    .filter(({ missing, within }) => missing !== null || within !== null);
  if (fields.length === 0) return null;
  return (value) => {
    if (typeof value !== 'object' || value === null) return value;
    const record = value as Record<string, unknown>;
    let put: Record<string, unknown> | null = null;
    for (const { key, missing, within } of fields) {
      const was = record[key];
      const is = was === undefined ? missing?.() : within ? within(was) : was;
      if (is === was) continue;
      put ??= {};
      put[key] = is;
    }
    return put === null ? record : inOrder(keys, { ...record, ...put });
  };
}

/** The keys of the schema first, in its order; a key that it does not know comes after them. */
const inOrder = (keys: readonly string[], record: Record<string, unknown>): Record<string, unknown> => ({
  ...Object.fromEntries(keys.flatMap((key) => (record[key] === undefined ? [] : [[key, record[key]]]))),
  ...record,
});

function defaultOf(schema: unknown): (() => unknown) | null {
  if (!(schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault)) return null;
  const value = schema.parse(undefined);
  // A list or an object must not be shared by all that lack it.
  return typeof value === 'object' ? () => schema.parse(undefined) : () => value;
}
