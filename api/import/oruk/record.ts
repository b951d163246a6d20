import { exactPounds } from '../../domain/cost/amounts.ts';
import { importedId, isUuid } from '../hash.ts';
import type { Note } from '../incoming.ts';
import type { PointChecker } from '../point-check.ts';
import type { Asker } from '../questions/asker.ts';
import { mendAges } from './ages.ts';
import { mendSchedules } from './hours.ts';
import { mendPhones } from './phones.ts';
import { mendPlaces } from './places.ts';
import { mendStatus } from './status.ts';
import { emailsIn, isPlaceholder, mendDate, mendNumber, mendUrl } from './values.ts';
import { cleanRecord, cutRecord, isObject, type JsonRecord, settleIds, tooMuch } from './walk.ts';

/** A record of a feed, put right without becoming anything else: still Open Referral UK, with all that it brought. */

export interface MendContext {
  /** Id of the feed: what is derived is derived from it. */
  feed: string;
  points: PointChecker;
  /** 'YYYY-MM-DD': nothing was checked after it. */
  today: string;
  /** Takes what it leaves open. */
  asker: Asker;
}

export interface MendedRecord {
  /** As its source calls it; null where it does not. */
  record_id: string | null;
  name: string;
  /** Null where it is refused. */
  record: JsonRecord | null;
  reasons: Note[];
  repairs: Note[];
}

/** Puts a record right. Never throws, whatever it is. */
export function mendRecord(raw: unknown, context: MendContext): MendedRecord {
  const repairs: Note[] = [];
  if (!isObject(raw))
    return refuse(null, 'a record', 'id', 'It is no record: a service is an object with an id and a name.');
  const given = raw['id'];
  const id =
    typeof given === 'string' && given.trim() !== '' && given.length <= 200
      ? given.trim()
      : typeof given === 'number'
        ? String(given)
        : null;
  const name = typeof raw['name'] === 'string' ? raw['name'].slice(0, 80) : '';
  if (id === null) return refuse(null, name, 'id', 'It has no id, so that it could not be found again.');
  const problem = tooMuch(raw);
  if (problem) return refuse(id, name, problem.field, problem.words);

  const record = cleanRecord(cutRecord(raw, repairs), repairs);
  mendOrganization(record, context.feed, repairs);
  if (!mendName(record, repairs)) return refuse(id, name, 'name', 'It has no name, and neither has its organization.');
  for (const field of ['description', 'fees', 'fees_description', 'eligibility_description'])
    if (typeof record[field] === 'string' && isPlaceholder(record[field])) {
      repairs.push({ field, words: `'${record[field]}' stands for unknown, and was left out.` });
      delete record[field];
    }
  mendLink(record, 'url', '', repairs);
  mendEmail(record, 'email', '', repairs);
  mendEmail(record, 'assurer_email', '', repairs);
  mendStatus(record, repairs, context.asker);
  mendAges(record, repairs, context.asker);
  mendDates(record, context.today, repairs);
  mendContacts(record, repairs);
  mendPhones(record, repairs);
  mendCosts(record, repairs);
  mendAreas(record, repairs);
  mendSchedules(record, repairs);
  mendPlaces(record, context.points, repairs);
  settleIds(record, context.feed, context.feed, repairs);
  return { record_id: id, name: String(record['name']).slice(0, 160), record, reasons: [], repairs };

  function refuse(record_id: string | null, called: string, field: string, words: string): MendedRecord {
    return { record_id, name: called, record: null, reasons: [{ field, words }], repairs: [] };
  }
}

function mendName(record: JsonRecord, repairs: Note[]): boolean {
  const { name } = record;
  if (typeof name === 'string' && !isPlaceholder(name)) return true;
  const organization = record['organization'];
  const other = record['alternate_name'] ?? (isObject(organization) ? organization['name'] : undefined);
  if (typeof other !== 'string') return false;
  record['name'] = other;
  repairs.push({ field: 'name', words: `There was none; it goes by '${other.slice(0, 80)}'.` });
  return true;
}

function mendOrganization(record: JsonRecord, feed: string, repairs: Note[]): void {
  const given = Array.isArray(record['organization']) ? record['organization'][0] : record['organization'];
  if (!isObject(given)) {
    delete record['organization'];
    return;
  }
  record['organization'] = given;
  if (given['website'] === undefined && given['url'] !== undefined) {
    given['website'] = given['url'];
    delete given['url'];
  }
  mendLink(given, 'website', 'organization.', repairs);
  mendLink(given, 'uri', 'organization.', repairs);
  mendEmail(given, 'email', 'organization.', repairs);
  const id = given['id'] ?? record['organization_id'];
  given['id'] =
    typeof id === 'string' || typeof id === 'number'
      ? String(id)
      : importedId(feed, 'organization', String(given['name'] ?? ''));
  if (!isUuid(String(given['id'])) && record['organization_id'] === undefined) record['organization_id'] = given['id'];
  if (typeof given['name'] !== 'string' || isPlaceholder(given['name'])) {
    delete given['name'];
    if (Object.keys(given).length === 1) delete record['organization'];
  }
}

function mendLink(it: JsonRecord, field: string, at: string, repairs: Note[]): void {
  const given = it[field];
  if (given === undefined) return;
  const mended = typeof given === 'string' ? mendUrl(given) : null;
  if (mended === given) return;
  const shown = String(given).slice(0, 80);
  if (mended !== null) {
    it[field] = mended;
    repairs.push({ field: at + field, words: `'${shown}' was written as ${mended}.` });
  } else {
    delete it[field];
    repairs.push({ field: at + field, words: `'${shown}' is no web address, and was left out.` });
  }
}

function mendEmail(it: JsonRecord, field: string, at: string, repairs: Note[]): void {
  const given = it[field];
  if (given === undefined) return;
  const [first, ...others] = emailsIn(String(given));
  if (first === given) return;
  if (first === undefined) {
    delete it[field];
    repairs.push({
      field: at + field,
      words: `'${String(given).slice(0, 80)}' is no e-mail address, and was left out.`,
    });
    return;
  }
  it[field] = first;
  if (others.length > 0) {
    it[`${field}_others`] = others;
    repairs.push({ field: at + field, words: `There were several; ${first} is used, the others are kept beside it.` });
  } else repairs.push({ field: at + field, words: `'${String(given).slice(0, 80)}' was written as ${first}.` });
}

/** Before it no directory was checked: '0001-01-01' and '1970-01-01' are what programs write for nothing. */
const FIRST_CHECKED = '1990-01-01';

function mendDates(record: JsonRecord, today: string, repairs: Note[]): void {
  const given = record['assured_date'];
  if (given !== undefined) {
    const date = mendDate(String(given));
    if (date !== null && date <= today && date >= FIRST_CHECKED) record['assured_date'] = date;
    else {
      delete record['assured_date'];
      const why = date === null ? 'is no date' : date > today ? 'has not come yet' : 'stands for no date';
      repairs.push({ field: 'assured_date', words: `'${String(given).slice(0, 40)}' ${why}, and was left out.` });
    }
  }
  const modified = record['last_modified'];
  if (modified !== undefined && (mendDate(String(modified)) ?? '') < FIRST_CHECKED) {
    delete record['last_modified'];
    repairs.push({ field: 'last_modified', words: `'${String(modified).slice(0, 40)}' is no date, and was left out.` });
  }
}

const listed = (value: unknown): JsonRecord[] => (Array.isArray(value) ? value : [value]).filter(isObject);

function mendContacts(record: JsonRecord, repairs: Note[]): void {
  if (record['contacts'] === undefined) return;
  const contacts = listed(record['contacts']);
  for (const [index, contact] of contacts.entries()) mendEmail(contact, 'email', `contacts[${index}].`, repairs);
  if (contacts.length > 0) record['contacts'] = contacts;
  else delete record['contacts'];
}

function mendCosts(record: JsonRecord, repairs: Note[]): void {
  if (record['cost_options'] === undefined) return;
  const costs = listed(record['cost_options']);
  for (const [index, cost] of costs.entries()) {
    const given = cost['amount'];
    if (given === undefined) continue;
    const amount = typeof given === 'string' ? (exactPounds(given) ?? mendNumber(given)) : mendNumber(given);
    if (amount !== null && amount >= 0) cost['amount'] = amount;
    else {
      delete cost['amount'];
      const field = `cost_options[${index}].amount`;
      if (amount === null && !isPlaceholder(String(given))) cost['amount_description'] ??= String(given);
      repairs.push({ field, words: `'${String(given).slice(0, 40)}' is no amount, and was left out.` });
    }
  }
  if (costs.length > 0) record['cost_options'] = costs;
  else delete record['cost_options'];
}

function mendAreas(record: JsonRecord, repairs: Note[]): void {
  for (const [index, area] of listed(record['service_areas']).entries()) {
    if (!/^https?:\/\/(www\.)?example\.(com|org|net)/i.test(String(area['uri'] ?? ''))) continue;
    delete area['uri'];
    repairs.push({ field: `service_areas[${index}].uri`, words: 'It is a placeholder, and was left out.' });
  }
}
