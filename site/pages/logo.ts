import type { APIRoute } from 'astro';
import { directory } from '#api/instance.ts';
import { readLogo } from '#api/store/identity.ts';

/** GET /logo?v=VERSION: the logo of the owners. Under its version it never changes. */
export const GET: APIRoute = ({ url }) => {
  const logo = readLogo(directory.db);
  if (logo === null) return new Response(null, { status: 404 });
  const isThis = url.searchParams.get('v') === logo.version;
  return new Response(Buffer.from(logo.bytes), {
    headers: {
      'content-type': logo.type,
      'cache-control': isThis ? 'public, max-age=31536000, immutable' : 'public, no-cache',
    },
  });
};
