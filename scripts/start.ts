import { runServer } from '../api/server.ts';
import { buildSite } from './build-site.ts';

/** `npm start`: builds the site where that is needed, then serves. The first start also fills the database. */

buildSite();
await runServer();
