import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { outboxBeside } from '../api/notify/carriers.ts';
import type { Db } from '../api/store/open.ts';
import { plainAddress } from '../api/store/people.ts';
import { personalData } from '../api/store/personal.ts';
import { erase } from '../api/upkeep/erase.ts';
import { onDatabase } from './on-database.ts';

/**
 * `npm run people -- export ADDRESS` prints all that is kept of a person, as JSON; `npm run people -- erase ADDRESS` lets
 * go of it. docs/personal-data.md says what there is, why, and for how long.
 */

const USAGE = `Say what to do, and for whom:
  npm run people -- export ADDRESS               prints all that is kept of them, as JSON
  npm run people -- erase ADDRESS                lets go of it; listings and their history stay, without the person
  npm run people -- erase ADDRESS --everywhere   also takes the address out of listings and organizations that show it as
                                                 their contact, and out of the history of those
DATABASE names the file; without it, it is data/signpost.sqlite.`;

/** Takes mails to an address out of the folder into which they are put while there is no mail server. */
function eraseFiles(folder: string, address: string): number {
  let names: string[];
  try {
    names = readdirSync(folder).filter((name) => name.endsWith('.txt'));
  } catch {
    return 0;
  }
  const theirs = names.filter((name) => /^To: (.*)$/m.exec(readFileSync(join(folder, name), 'utf8'))?.[1] === address);
  for (const name of theirs)
    for (const file of [name, name.replace(/\.txt$/, '.html')]) rmSync(join(folder, file), { force: true });
  return theirs.length;
}

function report(db: Db, file: string, address: string, everywhere: boolean): string {
  const { found, contacts, lines } = erase(db, address, everywhere, new Date());
  const files = eraseFiles(outboxBeside(file), plainAddress(address));
  if (!found && contacts.length === 0 && files === 0) return 'Nothing is kept under that address.';
  const shown = contacts.map(({ record, id, name }) => `  ${record} ${id}: ${name}`);
  const parts = [
    (found || files > 0) && 'Erased. Listings and their history stay, without the person.',
    contacts.length > 0 &&
      (everywhere
        ? `The address is no longer the contact of these, nor in their history (${lines} lines):`
        : 'The address is the public contact of these. Change them, or run this again with --everywhere:'),
    ...shown,
    'Copies of the file that you have put away still hold it, until you replace them.',
  ];
  return parts.filter((part) => part !== false).join('\n');
}

/** What the command came to; the exit code. */
function run(words: readonly string[]): number {
  const everywhere = words.includes('--everywhere');
  const [what = '', address = '', ...rest] = words.filter((word) => word !== '--everywhere');
  const known = what === 'erase' || (what === 'export' && !everywhere);
  if (!known || !address.includes('@') || rest.length > 0) {
    console.error(USAGE);
    return 2;
  }
  return onDatabase((db, { file }) => {
    if (what === 'erase') return report(db, file, address, everywhere);
    const data = personalData(db, address);
    return data === null ? 'Nothing is kept under that address.' : JSON.stringify(data, null, 2);
  });
}

process.exitCode = run(process.argv.slice(2));
