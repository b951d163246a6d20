import { type Service, ServiceArea } from '../../domain/service.ts';
import { shortenText } from '../../domain/shorten.ts';
import { type AreaAnswer, type AreaContext, choicesInWords } from '../../geocode/area-answer.ts';
import { areasNamed, areasOfCode } from '../../geocode/area-named.ts';
import { areasOfShape } from '../../geocode/area-of-shape.ts';
import type { Note } from '../incoming.ts';
import { type Asker, readAsTold } from '../questions/asker.ts';
import { objectsIn, textUnder } from './cut.ts';
import { isPlaceholder } from './values.ts';
import { isObject, type JsonRecord } from './walk.ts';

/** Where somebody must live, as far as the record says it in a way that can be looked up; the rest is kept in words. */

/** The parts of a listing that say it. */
export type SaidAreas = Pick<Service, 'service_areas' | 'service_area_status' | 'service_area_words'>;

/** Areas of a listing, and words, that are kept at the most. */
const MOST_AREAS = 400;
const MOST_WORDS = 20;
const LONGEST_WORDS = 200;

/** Where a code stands: the standard names the first two. */
const CODED = ['uri', 'extent', 'code', 'ons_code', 'gss_code', 'identifier'];
const CODE = /\b([EWSNK]\d{8})\b/;

const UNSAID: SaidAreas = { service_areas: [], service_area_status: 'unsaid', service_area_words: [] };

/** One area of a record, and where it stands there. */
interface Part {
  it: JsonRecord;
  field: string;
}

/** The areas of the service; where it names none, those of its places, if each of them names some. */
function partsIn(record: JsonRecord): { parts: Part[]; whole: boolean } {
  const listed = (it: JsonRecord, at: string): Part[] =>
    objectsIn(it['service_areas'])
      .map((area, index) => ({ it: area, field: `${at}service_areas[${index}]` }))
      .filter((part) => wordsOf(part.it) !== '' || codeOf(part.it) !== undefined || shapeOf(part.it) !== null);
  const own = listed(record, '');
  if (own.length > 0) return { parts: own, whole: true };
  const places = objectsIn(record['service_at_locations']).map((place, index) => {
    const at = `service_at_locations[${index}].`;
    const location = isObject(place['location']) ? place['location'] : {};
    return [...listed(place, at), ...listed(location, `${at}location.`)];
  });
  return { parts: places.flat(), whole: places.every((areas) => areas.length > 0) };
}

/** The name of an area, or what stands in its place; '' where that says nothing. */
function wordsOf(it: JsonRecord): string {
  const name = textUnder(it, 'name') ?? textUnder(it, 'service_area') ?? textUnder(it, 'description');
  const extent = shapeOf(it) === null ? textUnder(it, 'extent') : undefined;
  const words = name ?? (extent === undefined || /^https?:/i.test(extent) ? '' : extent);
  return isPlaceholder(words) ? '' : words;
}

const codeOf = (it: JsonRecord): string | undefined => CODE.exec(CODED.map((field) => it[field] ?? '').join(' '))?.[1];

/** GeoJSON, which comes as text or as itself. */
function shapeOf(it: JsonRecord): string | null {
  const { extent } = it;
  if (isObject(extent)) return JSON.stringify(extent);
  return typeof extent === 'string' && extent.trim().startsWith('{') ? extent : null;
}

/** A code settles what is meant, then what another Signpost says, then a shape, then the name. */
function answerOf(it: JsonRecord, context: AreaContext): AreaAnswer {
  const words = wordsOf(it);
  const own = ServiceArea.safeParse({ ...(isObject(it['signpost']) ? it['signpost'] : {}), name: words.slice(0, 80) });
  if (own.success) return { kind: 'named', areas: [own.data], notes: [] };
  const code = codeOf(it);
  if (code !== undefined) return areasOfCode(code, words);
  const shape = shapeOf(it);
  if (shape === null) return areasNamed(words, context);
  const areas = areasOfShape(shape, words);
  const note = `‘${words || 'An area'}’ is drawn on a map: who lives at its border is perhaps served.`;
  return areas ? { kind: 'named', areas, notes: [note] } : areasNamed(words, context);
}

/** Names in one area that are asked about one after the other. */
const MOST_NAMES = 10;

/**
 * The same, with what moderators have said of its names in their place. A name with several bearers is asked about by
 * itself; what is unknown with all that it stands in, which may change what it means ('Kent, except Medway').
 */
function settledAnswer({ it, field }: Part, context: AreaContext, asker: Asker, notes: Note[]): AreaAnswer {
  let answer = answerOf(it, context);
  let words = wordsOf(it);
  for (let round = 0; round < MOST_NAMES && answer.kind !== 'named'; round++) {
    const name = answer.kind === 'several' ? answer.name : words || answer.name;
    const told = asker.about('area', name, answer.kind === 'several' ? answer.choices : []);
    if (told === null) return answer;
    words = words.includes(name) ? words.replace(name, () => told) : told;
    answer = areasNamed(words, context);
    if (answer.kind === 'named') notes.push({ field, words: readAsTold(name, told) });
  }
  return answer;
}

/**
 * The areas of a mended record. What cannot be looked up, or is the name of several things, is kept in words, and with it
 * all that stands beside it: part of a list would keep out people whom the rest lets in.
 * @param context where the feed and the venue are
 */
export function areasOf(record: JsonRecord, context: AreaContext, notes: Note[], asker: Asker): SaidAreas {
  const { parts, whole } = partsIn(record);
  if (parts.length === 0) return saysOfEverybody(record) ? { ...UNSAID, service_area_status: 'said' } : UNSAID;
  const areas: ServiceArea[] = [];
  let isRead = whole;
  for (const part of parts) {
    const { field } = part;
    const answer = settledAnswer(part, context, asker, notes);
    if (answer.kind === 'named') {
      areas.push(...answer.areas);
      for (const words of answer.notes) notes.push({ field, words });
      continue;
    }
    isRead = false;
    const name = `‘${answer.name.slice(0, 80)}’`;
    const words =
      answer.kind === 'several'
        ? `${name} may be ${choicesInWords(answer.choices)}; it is kept as words until somebody says which.`
        : `${name} is no area that is known here; it is kept as words.`;
    notes.push({ field, words });
  }
  if (!whole)
    notes.push({
      field: 'service_areas',
      words: 'Only some of its places say whom they are for; that is kept as words.',
    });
  if (isRead && areas.length <= MOST_AREAS) {
    // A sector and a shape may be named twice, once for each place.
    const known = new Map(
      areas.map((area) => [`${area.code} ${area.said_as ?? ''} ${JSON.stringify(area.outline ?? '')}`, area]),
    );
    return { service_areas: [...known.values()], service_area_status: 'said', service_area_words: [] };
  }
  const words = new Set(
    parts.map(({ it }) => shortenText(wordsOf(it) || codeOf(it) || 'an area on a map', LONGEST_WORDS)),
  );
  return { ...UNSAID, service_area_status: 'unread', service_area_words: [...words].slice(0, MOST_WORDS) };
}

/** Whether another Signpost says that it is for people from anywhere. */
const saysOfEverybody = (record: JsonRecord): boolean =>
  isObject(record['signpost']) && record['signpost']['service_area_status'] === 'said';
