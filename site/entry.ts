import { createApp } from 'astro/app/entrypoint';
import { faultLines } from '#api/runtime/faults.ts';
import site from './fetch.ts';

// Makes what Astro built known to it; the requests themselves go to the one application straight away.
const { logger } = createApp();

// By itself Astro logs the message of what a page throws, and so what somebody typed. What it says without a stack is of an
// address that cannot be read: a visitor's slip, and no fault.
logger.setDestination({
  write: ({ level, message }) => {
    if (level === 'error' && /\n[ \t]+at /.test(message)) console.error(faultLines(message));
  },
});

/** What Astro built, as one function: api/server/server.ts serves it. */
export const fetch = site.fetch;
