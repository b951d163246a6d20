import { OpenAPIHono, z } from '@hono/zod-openapi';
import { etag } from 'hono/etag';
import type { Geocoder } from '../geocode/geocoder.ts';
import type { Settings } from '../runtime/settings.ts';
import type { SearchIndex } from '../search/types.ts';
import type { UnmetCounter } from '../search-log/unmet.ts';
import type { Db } from '../store/open.ts';
import type { UrgentHelp } from '../urgent/urgent.ts';
import { parameterProblem } from './problem.ts';

/** What all routes need, made once in api/instance.ts or by a test. */
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
  /** Counts searches that found nothing near. Without it nothing is counted. */
  unmet?: Pick<UnmetCounter, 'note'>;
}

/**
 * A small application for one resource. It answers a wrong parameter with a problem.
 * @param known the parameters that it takes, which the answer to an unknown one lists
 */
export const resource = (known: readonly string[] = []): OpenAPIHono =>
  new OpenAPIHono({
    defaultHook: (result, c) => (result.success ? undefined : parameterProblem(c, result.error, known)),
  });

/**
 * For answers that do not depend on a place: a tag made from the content, so that who sends it along next time gets
 * 304. It is always to be checked again, since a listing may change at any moment.
 */
export const cacheable = etag({ weak: true });
export const CHECK_AGAIN = { 'cache-control': 'public, no-cache' };

/**
 * A schema or null. `nullable()` on a schema with a name would make the name itself nullable in the OpenAPI document.
 */
export const orNull = <S extends z.ZodType>(schema: S) => z.union([schema, z.null()]);
