import { isObject, type JsonRecord } from '../../oruk/walk.ts';

/** The values of OpenActive's JSON-LD, where one thing may stand for a list of one, and an address for a name. */

/** A text that says something. */
export const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
/** A list, also where one thing stands in its place. */
export const listOf = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];
/** The objects among what is given. */
export const objects = (value: unknown): JsonRecord[] => listOf(value).filter(isObject);
/** The last part of an address or a name: 'FemaleOnly' of 'https://openactive.io/FemaleOnly'. */
export const lastPart = (value: unknown): string => text(value)?.split(/[/#:]/).at(-1) ?? '';
/** What an item is: 'SessionSeries'. */
export const typeOf = (it: JsonRecord): string => lastPart(listOf(it['type'] ?? it['@type'])[0]);
/** What the concepts of a list are called. */
export const labels = (value: unknown): string[] =>
  listOf(value).flatMap((it) => (isObject(it) ? (text(it['prefLabel']) ?? []) : (text(it) ?? [])));

/** The id by which others name it. */
export const idOf = (data: JsonRecord): string | undefined =>
  text(data['@id']) ?? text(data['id']) ?? text(data['identifier']);
