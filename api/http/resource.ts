import { OpenAPIHono, z } from '@hono/zod-openapi';
import { etag } from 'hono/etag';
import type { Geocoder } from '../geocode/geocoder.ts';
import type { Settings } from '../runtime/settings.ts';
import type { SearchIndex } from '../search/types.ts';
import type { UnmetCounter } from '../search-log/unmet.ts';
import type { Db } from '../store/open.ts';
import type { UrgentHelp } from '../urgent/urgent.ts';
import { parameterProblem } from './problem.ts';

/** What the routes are made of: made once in api/instance.ts, or by a test. */
export interface ApiContext {
  db: Db;
  index: SearchIndex;
  geocoder: Geocoder;
  /** The key that seals places, 32 bytes. */
  secret: Uint8Array;
  settings: Settings;
  now: () => Date;
  /** Help for now, for words of danger. */
  urgent: UrgentHelp;
  /** Counts searches that found nothing near; without it nothing is counted. */
  unmet?: UnmetCounter;
}

/**
 * A small application for one resource, whose answer to a wrong parameter is a problem.
 * @param known the parameters that it takes, for the sentence about one that it does not
 */
export const resource = (known: readonly string[] = []): OpenAPIHono =>
  new OpenAPIHono({
    defaultHook: (result, c) => (result.success ? undefined : parameterProblem(c, result.error, known)),
  });

/**
 * For what does not depend on a place: a tag made from the content, so that who asks again with it gets 304. Always to be
 * checked again, since a listing may change at any moment.
 */
export const cacheable = etag({ weak: true });
export const CHECK_AGAIN = { 'cache-control': 'public, no-cache' };

/** That or null. `nullable()` on a schema with a name would make the name itself nullable in the OpenAPI document. */
export const orNull = <S extends z.ZodType>(schema: S) => z.union([schema, z.null()]);
