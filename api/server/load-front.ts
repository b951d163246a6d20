import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createFront } from './front.ts';

const BUILT_SITE = join(import.meta.dirname, '../../dist/server/entry.mjs');

/** Whether there are pages to serve. */
export const isBuilt = (): boolean => existsSync(BUILT_SITE);

/** Everything that is served: the built site with the API, or the API alone. */
export async function loadFront(): Promise<{ fetch: ReturnType<typeof createFront>['fetch'] }> {
  if (isBuilt()) return import(BUILT_SITE);
  const { served } = await import('../instance.ts');
  return createFront({ ...served, pages: null, files: false, development: false });
}
