import { unscramble } from '../encoding/unscramble.ts';
import { importedId, isUuid } from '../hash.ts';
import type { Note } from '../incoming.ts';
import { hasMarkup, isArmed, tidyLines, toText } from './markup.ts';

/** What is put right in a record wherever it stands, in fields that nobody knows too. */

export type JsonRecord = Record<string, unknown>;

/** Characters of a record as JSON: the longest real ones have about 100,000. */
const MOST = 1_000_000;
/** Levels of a record: the standard itself needs nine. */
const DEEPEST = 24;

/** Fields that hold words for people, in any part of a record. */
const WORDS = new Set(
  (
    'name alternate_name description fees fees_description accreditations alert eligibility_description application_process wait_time ' +
    'transportation attention address_1 address_2 city region state_province notes title accessibility details ' +
    'amount_description service_area interpretation_services additional_information'
  ).split(' '),
);

export const isObject = (value: unknown): value is JsonRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What is wrong with the size or shape of a record, or null. Goes down no further than it allows. */
export function tooMuch(record: unknown): Note | null {
  let size = 0;
  const open: { value: unknown; field: string; depth: number }[] = [{ value: record, field: '', depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, field, depth } = next;
    if (depth > DEEPEST)
      return { field, words: `It goes on inside itself for more than ${DEEPEST} levels. The record is left out.` };
    if (typeof value === 'string') {
      size += value.length;
      if (value.length > MOST)
        return {
          field,
          words: `It is ${value.length.toLocaleString('en-GB')} characters long. The record is left out.`,
        };
    } else if (Array.isArray(value)) {
      for (const [index, item] of value.entries())
        open.push({ value: item, field: `${field}[${index}]`, depth: depth + 1 });
    } else if (isObject(value)) {
      for (const [key, item] of Object.entries(value)) {
        size += key.length;
        open.push({ value: item, field: field ? `${field}.${key}` : key, depth: depth + 1 });
      }
    }
    size += 4;
    if (size > MOST) {
      const words = `The record is larger than ${MOST.toLocaleString('en-GB')} characters. It is left out.`;
      return { field: field || 'id', words };
    }
  }
  return null;
}

/** Characters of one value: the longest real descriptions have about 8,000. */
const MOST_OF_VALUE = 20_000;

/** The record with every text cut to the greatest length of any, before a pattern sees it. */
export function cutRecord(record: JsonRecord, notes: Note[]): JsonRecord {
  const cut = (value: unknown, field: string): unknown => {
    if (typeof value === 'string') {
      if (value.length <= MOST_OF_VALUE) return value;
      const [was, most] = [value.length, MOST_OF_VALUE].map((count) => count.toLocaleString('en-GB'));
      notes.push({ field, words: `It had ${was} characters, and was cut to ${most}.` });
      return value.slice(0, MOST_OF_VALUE);
    }
    if (Array.isArray(value)) return value.map((item, index) => cut(item, `${field}[${index}]`));
    if (!isObject(value)) return value;
    // A name that an object has by itself is no field; it is left out by cleanRecord.
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [name, cut(item, field ? `${field}.${name}` : name)]),
    );
  };
  return cut(record, '') as JsonRecord;
}

/**
 * The record without what says nothing (null, empty text, empty lists), its words without markup and broken letters, and
 * nothing in it that a program might run.
 */
export function cleanRecord(record: JsonRecord, notes: Note[]): JsonRecord {
  const clean = (value: unknown, key: string, field: string): unknown => {
    if (typeof value === 'string') return cleanText(value, WORDS.has(key), field, notes);
    if (Array.isArray(value)) {
      const items = value
        .map((item, index) => clean(item, key, `${field}[${index}]`))
        .filter((item) => item !== undefined);
      return items.length > 0 ? items : undefined;
    }
    if (isObject(value)) {
      const entries = Object.entries(value).flatMap(([name, item]) => {
        if (name === '__proto__') return [];
        const kept = clean(item, name, field ? `${field}.${name}` : name);
        return kept === undefined ? [] : [[name, kept] as const];
      });
      return entries.length > 0 ? Object.fromEntries(entries) : undefined;
    }
    return value ?? undefined;
  };
  return (clean(record, '', '') as JsonRecord | undefined) ?? {};
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out.
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufeff\u200b\u2060\ufffe\uffff]/g;
const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function cleanText(given: string, isWords: boolean, field: string, notes: Note[]): string | undefined {
  const say = (words: string) => notes.push({ field, words });
  let text = given;
  if (CONTROL.test(text) || LONE.test(text)) {
    text = text.replace(CONTROL, '').replace(LONE, '');
    say('Characters that cannot be shown were taken out.');
  }
  const whole = unscramble(text);
  if (whole !== text) {
    text = whole;
    say('Letters that were written in another encoding were put right.');
  }
  if (isArmed(text)) {
    text = toText(text).replace(/(?:java|vb)script\s*:|data:text\/html/gi, '');
    say('A script was taken out.');
  } else if (isWords && hasMarkup(text)) {
    text = toText(text);
    say('Markup was turned into plain words.');
  } else if (isWords) text = tidyLines(text);
  return text.trim() === '' ? undefined : text;
}

const REFERENCES = new Set(
  (
    'service_id organization_id location_id service_at_location_id link_id taxonomy_term_id taxonomy_id contact_id ' +
    'phone_id parent_id parent_organization_id'
  ).split(' '),
);

/**
 * Gives every part an id, and one of the form that the standard wants where it has another: what had one id has one still.
 * @param under id of what the part belongs to
 */
export function settleIds(part: JsonRecord, feed: string, under: string, notes: Note[]): void {
  let replaced = 0;
  const uuidOf = (id: string): string => {
    if (isUuid(id)) return id.toLowerCase();
    replaced++;
    return importedId(feed, 'part', id);
  };
  const settle = (it: JsonRecord, parent: string, path: string): void => {
    if (typeof it['id'] === 'number') it['id'] = String(it['id']);
    it['id'] = typeof it['id'] === 'string' ? uuidOf(it['id']) : importedId(parent, path);
    for (const [key, value] of Object.entries(it)) {
      if (REFERENCES.has(key)) it[key] = uuidOf(String(value));
      else if (ENTITIES.has(key)) inside(value, String(it['id']), key);
    }
  };
  const inside = (value: unknown, parent: string, path: string): void => {
    if (Array.isArray(value)) for (const [index, item] of value.entries()) inside(item, parent, `${path}/${index}`);
    else if (isObject(value)) settle(value, parent, path);
  };
  settle(part, under, 'service');
  if (replaced > 0)
    notes.push({ field: 'id', words: `${replaced === 1 ? 'An id is' : `${replaced} ids are`} no UUID, and got one.` });
}

/** The parts of a record that the standard gives an id. */
const ENTITIES = new Set(
  (
    'organization service_at_locations location locations addresses accessibility schedules service_areas languages funding ' +
    'cost_options contacts phones attributes taxonomy_term taxonomy_detail organization_identifiers required_documents'
  ).split(' '),
);
