import type { z } from '@hono/zod-openapi';
import { publishedId } from '../ids.ts';
import { withoutEmptyDeep } from './without-empty.ts';

/**
 * Repairs what would break the standard in the words of a source: what is published keeps to the standard, whoever
 * wrote it. A known field with a value that it cannot hold becomes ours or goes; a record without an id gets one;
 * unknown fields stay.
 */

type Json = Record<string, unknown>;
type Path = readonly PropertyKey[];

/** A repair may reveal something for the next one: a value that goes may have been required. */
const MOST_PASSES = 5;

/**
 * Makes a record conform to a schema.
 * @param ours the same record as it is here, which is known to conform: the last resort
 */
export function conformTo<T extends Json>(schema: z.ZodType, given: Json, ours: T): T {
  let merged = given;
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    const clean = withoutEmptyDeep(merged) as Json;
    const { error } = schema.safeParse(clean);
    if (!error) return clean as T;
    for (const issue of error.issues) mend(clean, ours, issue);
    merged = clean;
  }
  return ours;
}

function mend(record: Json, ours: Json, { path }: z.core.$ZodIssue): void {
  const own = valueAt(ours, path);
  const key = path.at(-1);
  const given = valueAt(record, path);
  if (own !== undefined) setAt(record, path, own);
  else if (key === 'id') setAt(record, path, publishedId(String(record['id']), ...path.map(String), String(given)));
  else if (typeof given === 'number' || typeof given === 'boolean') setAt(record, path, String(given));
  // Where something required is missing, its record goes.
  else removeAt(record, given === undefined ? path.slice(0, -1) : path);
}

const valueAt = (node: unknown, path: Path): unknown =>
  path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], node);

function setAt(record: Json, path: Path, value: unknown): void {
  const parent = valueAt(record, path.slice(0, -1)) as Record<PropertyKey, unknown> | undefined;
  if (parent && typeof parent === 'object') parent[path.at(-1) as PropertyKey] = value;
}

function removeAt(record: Json, path: Path): void {
  const parent = valueAt(record, path.slice(0, -1));
  const key = path.at(-1);
  // A hole, which goes with all that is empty: removing it now would move what the other faults point to.
  if (Array.isArray(parent)) parent[key as number] = {};
  else if (parent && typeof parent === 'object' && key !== undefined)
    delete (parent as Record<PropertyKey, unknown>)[key];
}
