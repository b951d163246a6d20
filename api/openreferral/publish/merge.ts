import type { Listing } from '../../domain/service.ts';
import type { RawRecord } from '../../store/imported.ts';
import { OrukOrganization } from '../schema/organization.ts';
import { OrukService } from '../schema/service.ts';
import type { OrukAttribute } from '../schema/terms.ts';
import { termOf } from '../vocabulary.ts';
import { conformTo } from './conform.ts';
import { serviceFull } from './service.ts';

/**
 * What came from a feed is published as it came: what nobody has changed here in the words of its source, with every
 * field that Signpost does not know; what was changed here as it is here. Three records are compared: ours as it is
 * now, ours as it was when it came, and the source's.
 */

type Json = Record<string, unknown>;

/** Always ours: which listing it is here, and when it changed here. */
const OURS = new Set(['id', 'organization_id', 'service_id', 'location_id', 'last_modified', 'assured_date']);
/** What Signpost adds to a record and publishes even where nothing was changed. The rest it only fills in. */
const ALWAYS_SAID = ['source', 'assured_date', 'assured_by', 'checked', 'guessed', 'unconfirmed', 'example'];

/**
 * An imported listing as it is published.
 * @param organizationToo whether the organization's record may be the source's; never where one of its places is confidential
 */
export function withRecord(listing: Listing, raw: RawRecord, now: Date, organizationToo: boolean): OrukService {
  const ours = serviceFull(listing, now);
  // What a source says about a confidential location may not be published.
  if (raw.record === null || listing.locations.some(({ confidential }) => confidential)) return ours;
  const came = serviceFull({ ...raw.imported, last_modified: listing.last_modified }, now);
  const record = underOurIds(raw, came);
  const merged: Json = mergeFields(ours, came, record, [
    'organization',
    'service_at_locations',
    'attributes',
    'signpost',
  ]);
  merged['organization'] = organizationToo
    ? organizationWithRecord(ours.organization, came.organization, record['organization'])
    : ours.organization;
  merged['service_at_locations'] = places(ours, came, record);
  merged['attributes'] = attributes(ours.attributes, record['attributes']);
  merged['signpost'] = extras(ours, came, record);
  return conformTo(OrukService, merged, ours);
}

/** The organization of an imported listing as it is published by itself. */
export const organizationWithRecord = (
  ours: OrukOrganization,
  came: OrukOrganization,
  record: unknown,
): OrukOrganization =>
  record === undefined ? ours : conformTo(OrukOrganization, mergeFields(ours, came, asJson(record)), ours);

const asJson = (value: unknown): Json =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Json) : {};
const asList = (value: unknown): Json[] => (Array.isArray(value) ? value.map(asJson) : []);
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Field by field: the source's where ours is still as it came, else ours. */
function mergeFields(ours: object, came: object, record: Json, apart: readonly string[] = []): Json {
  const merged: Json = {};
  const now = ours as Json;
  const then = came as Json;
  for (const key of new Set([...Object.keys(record), ...Object.keys(now)])) {
    if (apart.includes(key)) continue;
    const value = !OURS.has(key) && same(now[key], then[key]) ? record[key] : now[key];
    if (value !== undefined) merged[key] = value;
  }
  return merged;
}

/** Each place that is still there, beside what its source says of it. */
function places(ours: OrukService, came: OrukService, record: Json): Json[] | undefined {
  const theirs = asList(record['service_at_locations']);
  const then = came.service_at_locations ?? [];
  return ours.service_at_locations?.map((place) => {
    const index = then.findIndex(({ location_id }) => location_id === place.location_id);
    const before = then[index];
    const source = theirs[index];
    if (!before || !source) return place;
    const location = mergeFields(place.location, before.location, asJson(source['location']), ['attributes']);
    const answers = attributes(place.location.attributes, asJson(source['location'])['attributes']);
    const id = typeof source['id'] === 'string' ? source['id'] : place.id;
    return {
      ...mergeFields(place, before, source, ['location', 'id']),
      id,
      location: { ...location, ...(answers.length > 0 && { attributes: answers }) },
    };
  });
}

/** The source's terms, and those of ours that hold here now. */
function attributes(ours: readonly OrukAttribute[] = [], theirs: unknown): Json[] {
  const foreign = asList(theirs).filter(
    ({ taxonomy_term_id, taxonomy_term }) => !isOurs(taxonomy_term_id) && !isOurs(asJson(taxonomy_term)['id']),
  );
  return [...foreign, ...ours.map(asJson)];
}
const isOurs = (id: unknown): boolean => typeof id === 'string' && termOf(id) !== undefined;

function extras(ours: OrukService, came: OrukService, record: Json): Json {
  const now = asJson(ours.signpost);
  const said = mergeFields(now, asJson(came.signpost), asJson(record['signpost']));
  for (const key of ALWAYS_SAID) {
    delete said[key];
    if (now[key] !== undefined) said[key] = now[key];
  }
  return said;
}

/** The source's record with the ids that it has here, where its own ids were taken. */
function underOurIds({ record, imported }: RawRecord, came: OrukService): Json {
  const theirs = asJson(record);
  const pairs: [unknown, string][] = [
    [theirs['id'], imported.service.id],
    [theirs['organization_id'], imported.organization.id],
    [asJson(theirs['organization'])['id'], imported.organization.id],
    ...asList(theirs['service_at_locations']).flatMap((place, index): [unknown, string][] => {
      const id = came.service_at_locations?.[index]?.location_id;
      return id === undefined
        ? []
        : [
            [place['location_id'], id],
            [asJson(place['location'])['id'], id],
          ];
    }),
  ];
  const renamed = new Map(pairs.filter(([from, to]) => typeof from === 'string' && from !== to));
  return renamed.size === 0 ? theirs : (rename(theirs, renamed) as Json);
}

function rename(node: unknown, names: ReadonlyMap<unknown, string>): unknown {
  if (typeof node === 'string') return names.get(node) ?? node;
  if (Array.isArray(node)) return node.map((item) => rename(item, names));
  if (node === null || typeof node !== 'object') return node;
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, rename(value, names)]));
}
