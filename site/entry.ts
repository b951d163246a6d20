import { createApp } from 'astro/app/entrypoint';

const app = createApp();

/** What Astro built, as one function: api/server.ts serves it. */
export const render = (request: Request): Promise<Response> => app.render(request);
