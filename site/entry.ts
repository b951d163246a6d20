import { createApp } from 'astro/app/entrypoint';
import site from './fetch.ts';

// Makes what Astro built known to it; the requests themselves go to the one application straight away.
createApp();

/** What Astro built, as one function: api/server/server.ts serves it. */
export const fetch = site.fetch;
