import { defineConfig } from 'astro/config';

/**
 * The smallest adapter there can be: the site is one Hono application (site/fetch.ts) that api/server/server.ts hands to
 * @hono/node-server, so that pages and api stand behind the same middleware, in development as in production.
 */
const signpostAdapter = {
  name: 'signpost',
  hooks: {
    'astro:config:done': ({ setAdapter }) =>
      setAdapter({
        name: 'signpost',
        entrypointResolution: 'auto',
        serverEntrypoint: new URL('./site/entry.ts', import.meta.url),
        adapterFeatures: { buildOutput: 'server' },
        supportedAstroFeatures: {
          serverOutput: 'stable',
          staticOutput: 'stable',
          hybridOutput: 'stable',
          sharpImageService: 'stable',
        },
      }),
  },
};

export default defineConfig({
  srcDir: './site',
  publicDir: './site/public',
  output: 'server',
  // A slash too many leads to the same page: a redirect would repeat the address, and what a link brought in it.
  trailingSlash: 'ignore',
  devToolbar: { enabled: false },
  adapter: signpostAdapter,
  session: false,
  // Under Referrer-Policy: no-referrer a browser sends `Origin: null` with our own forms, and behind a TLS proxy the scheme
  // differs, so this check would turn our own people away. The forms change nothing and carry no cookie.
  security: { checkOrigin: false },
  // The api has its own body limits; no page takes more than a form.
  bodySizeLimit: 64 * 1024,
  build: { assets: 'assets', inlineStylesheets: 'never' },
  vite: {
    plugins: [
      {
        name: 'signpost-built-whole',
        // What pages need of the packages that build them is built in: a server does without those packages.
        config: (_config, { command }) =>
          command === 'build' ? { ssr: { noExternal: true, external: ['hono', 'zod', '@hono/node-server'] } } : {},
      },
    ],
    // govuk-frontend carries an old hack that the default minifier rejects.
    build: {
      cssMinify: 'esbuild',
      assetsInlineLimit: 0,
      // One instance of the api, and so of the store, shared by pages and server.
      rolldownOptions: { external: [/^#api\//] },
    },
    css: { preprocessorOptions: { scss: { quietDeps: true } } },
  },
});
