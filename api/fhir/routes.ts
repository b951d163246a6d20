import type { FhirResource, HealthcareService } from 'fhir/r4';
import { type Context, Hono } from 'hono';
import { today } from '../domain/london.ts';
import type { Listing } from '../domain/service.ts';
import { readCode } from '../handout/code.ts';
import type { ApiContext } from '../http/resource.ts';
import { siteAddress } from '../http/site-address.ts';
import { freshnessOf, notModified } from '../openreferral/answer.ts';
import { organizationReplacing } from '../openreferral/gone.ts';
import { publishedListing } from '../openreferral/records.ts';
import { findHandout } from '../store/handouts.ts';
import { livingIds } from '../store/joined.ts';
import { findListings } from '../store/listings.ts';
import { findLocations } from '../store/published-locations.ts';
import { findOfferings } from '../store/published-organizations.ts';
import { organizationWithdrawn, withdrawnAt } from '../store/withdrawn.ts';
import { collectionBundle, searchBundle } from './bundle.ts';
import { capabilityStatement } from './capability.ts';
import { healthcareService } from './healthcare-service.ts';
import { locationResource } from './location.ts';
import { organizationResource } from './organization.ts';
import { FHIR_JSON, Refusal, refused } from './outcome.ts';
import { type Asked, pageOf, type ResourceType, readParameters } from './parameters.ts';
import { Finder, type Found } from './search.ts';

/** Where FHIR is served. */
const FHIR = '/fhir/R4';

/** The directory as FHIR R4, so that a clinical system can show local support: read and search, nothing else. */
export function fhir(parts: ApiContext): Hono {
  const { db, settings, now } = parts;
  const finder = new Finder(parts);
  const siteOf = (c: Context): string => siteAddress(settings, new URL(c.req.url), c.req.raw.headers);

  const READ: Readonly<Record<ResourceType, (ids: readonly string[], site: string) => FhirResource[]>> = {
    HealthcareService: (ids, site) => findListings(db, ids).map((listing) => healthcareService(listing, site)),
    Location: (ids) => findLocations(db, ids).map(locationResource),
    Organization: (ids) => findOfferings(db, ids).map(({ organization }) => organizationResource(organization)),
  };

  const FIND: { readonly [T in ResourceType]: (asked: Asked<T>) => Promise<Found> | Found } = {
    HealthcareService: (asked) => finder.services(asked),
    Location: (asked) => finder.locations(asked),
    Organization: (asked) => finder.organizations(asked),
  };

  /** What a search of services asked for beside them. */
  function included(services: readonly FhirResource[], given: URLSearchParams): FhirResource[] {
    const _include = given.getAll('_include').join(',');
    const all = services as readonly HealthcareService[];
    const idsOf = (references: readonly { reference?: string }[]) => [
      ...new Set(references.flatMap(({ reference }) => reference?.split('/')[1] ?? [])),
    ];
    return [
      ...(_include.includes('HealthcareService:location')
        ? READ.Location(idsOf(all.flatMap(({ location = [] }) => location)), '')
        : []),
      ...(_include.includes('HealthcareService:organization')
        ? READ.Organization(idsOf(all.flatMap(({ providedBy }) => providedBy ?? [])), '')
        : []),
    ];
  }

  async function search<T extends ResourceType>(c: Context, type: T, given: URLSearchParams): Promise<Response> {
    const asked = readParameters(type, given);
    const state = freshnessOf(c, parts, c.req.method === 'POST' || given.has('near'));
    if (state.unchanged) return notModified(c, state);
    const { ids, total } = await FIND[type](asked);
    const site = siteOf(c);
    const matches = READ[type](ids, site);
    const others = type === 'HealthcareService' ? included(matches, given) : [];
    return answer(c, searchBundle(site + FHIR, type, { matches, others, total }, given, pageOf(asked)), state.headers);
  }

  function read(c: Context, type: ResourceType, id: string): Response {
    const isHidden = type === 'HealthcareService' && !publishedListing(db, id);
    const [resource] = isHidden ? [] : READ[type]([id], siteOf(c));
    const into = resource || type !== 'Organization' ? null : organizationReplacing(db, id);
    if (into !== null)
      throw new Refusal(
        410,
        `This was here twice and has been joined with ${FHIR}/${type}/${into}. Take it out of copies.`,
      );
    if (!resource && (withdrawnAt(db, id) !== null || organizationWithdrawn(db, id)))
      throw new Refusal(410, 'This was listed here and has been withdrawn. Take it out of copies.');
    if (!resource) throw new Refusal(404, `There is no ${type} with that id here. Search for it: ${FHIR}/${type}.`);
    const state = freshnessOf(c, parts);
    return state.unchanged ? notModified(c, state) : answer(c, resource, state.headers);
  }

  const app = new Hono();
  app.get('/metadata', (c) =>
    answer(c, capabilityStatement(siteOf(c) + FHIR, settings.OPERATOR ?? 'Signpost', today(now()))),
  );
  for (const type of Object.keys(READ) as ResourceType[]) {
    app.get(`/${type}`, (c) => search(c, type, new URL(c.req.url).searchParams));
    app.post(`/${type}/_search`, async (c) => {
      const isForm = /^application\/x-www-form-urlencoded\b/i.test(c.req.header('content-type') ?? '');
      if (!isForm) throw new Refusal(400, 'Send the parameters as a form: application/x-www-form-urlencoded.');
      return search(c, type, new URLSearchParams(await c.req.text()));
    });
    app.get(`/${type}/:id`, (c) => read(c, type, c.req.param('id')));
  }
  app.get('/Bundle/:code', (c) => {
    const code = readCode(c.req.param('code'));
    const handout = code === null ? null : findHandout(db, code, today(now()));
    if (!handout) throw new Refusal(404, 'There is no handout with that code. It may have expired: print a new one.');
    const listings = findListings(
      db,
      livingIds(
        db,
        handout.listings.map(({ id }) => id),
      ),
    );
    const site = siteOf(c);
    const bundle = collectionBundle(site + FHIR, handout.code, handout.made, withAllOf(listings, site));
    return answer(c, bundle, { 'cache-control': 'no-store', 'x-robots-tag': 'noindex' });
  });
  app.all('*', (c) => {
    const reads = c.req.method === 'GET' || c.req.method === 'HEAD';
    if (!reads)
      return refused(c, new Refusal(405, `This is read-only. ${FHIR}/metadata says what it takes.`), {
        allow: 'GET, HEAD',
      });
    throw new Refusal(404, `There is nothing at this address. ${FHIR}/metadata says what there is.`);
  });
  app.onError((error, c) => {
    if (error instanceof Refusal) return refused(c, error);
    throw error;
  });
  return new Hono().route(FHIR, app);
}

/** The services, and each place and organization once. */
function withAllOf(listings: readonly Listing[], site: string): FhirResource[] {
  const places = listings.flatMap(({ locations }) => locations.filter(({ confidential }) => !confidential));
  const once = <T extends { id: string }>(records: readonly T[]): T[] => [
    ...new Map(records.map((record) => [record.id, record])).values(),
  ];
  return [
    ...listings.map((listing) => healthcareService(listing, site)),
    ...once(places).map(locationResource),
    ...once(listings.map(({ organization }) => organization)).map(organizationResource),
  ];
}

const answer = (c: Context, resource: FhirResource, headers: Record<string, string> = {}): Response =>
  c.body(JSON.stringify(resource), 200, { 'content-type': FHIR_JSON, ...headers });
