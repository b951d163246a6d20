import type { z } from '@hono/zod-openapi';
import { publishedId } from '../ids.ts';
import { withoutEmptyDeep } from './without-empty.ts';

/**
 * Puts right what a source's own words would break: what is published keeps to the standard whoever wrote it. A known
 * field with a value that it cannot hold goes, or is ours; a record without an id is given one; unknown fields stay.
 */

type Json = Record<string, unknown>;
type Path = readonly PropertyKey[];

/** What one mending lays bare the next one mends: a value that goes may have been required. */
const MOST_PASSES = 5;

/**
 * @param ours the same record as it is here, which is known to be sound: the last resort
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
  // What is missing and required takes its record with it.
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
  // A hole, which the next strip closes: removing it now would move what the other faults speak of.
  if (Array.isArray(parent)) parent[key as number] = {};
  else if (parent && typeof parent === 'object' && key !== undefined)
    delete (parent as Record<PropertyKey, unknown>)[key];
}
