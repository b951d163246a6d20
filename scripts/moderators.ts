import { linkFor } from '../api/moderate/sign-in.ts';
import { SettingsError, siteFrom } from '../api/runtime/settings.ts';
import { onDatabase } from './on-database.ts';

/** `npm run moderators -- link ADDRESS`: a link to sign in for a moderator whom no mail reaches. */

const USAGE = `npm run moderators -- link ADDRESS
  Prints a link by which a moderator signs in, once, where no mail goes out. The address must be in MODERATORS,
  or have been invited under /moderate/team.
DATABASE names the file; without it, it is data/signpost.sqlite.`;

/** What the command came to; the exit code. */
function run([what, address = '', ...rest]: readonly string[]): number {
  if (what !== 'link' || !address.includes('@') || rest.length > 0) {
    console.error(USAGE);
    return 2;
  }
  return onDatabase((db, { settings }) => {
    const made = linkFor(db, settings, address, new Date());
    if (made === null)
      throw new SettingsError([
        `${address} is neither in MODERATORS nor invited. Put it there, for the server too, and start it again.`,
      ]);
    return (
      `${siteFrom(settings)}${made.link}\n` +
      `Whoever opens it within ${made.minutes} minutes is signed in as ${address}, once. Give it to nobody else.`
    );
  });
}

process.exitCode = run(process.argv.slice(2));
