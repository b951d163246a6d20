import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { buildSite } from './build-site.ts';

/**
 * `npm start`: builds the site where that is needed, then serves. The first start also fills the database, and leaves the
 * program compiled for the next one, which takes a third of a second and some 20 MB off it. With `-- --examples` a database
 * that is not there yet begins with the example directory.
 */

const words = process.argv.slice(2);
if (words.some((word) => word !== '--examples')) {
  console.error('npm start takes nothing but `-- --examples`. Everything else is a setting: README.md lists them.');
  process.exit(2);
}
if (words.length > 0) process.env['DATABASE_NEW'] = 'examples';

buildSite();
enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/compiled'));
const { runServer } = await import('../api/server/server.ts');
await runServer();
