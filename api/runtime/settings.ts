import { z } from 'zod';
import { isClosed, webAddress, withoutSlash } from './web-address.ts';

/**
 * Every setting, read once from the environment: its name, its default, one line on what it does. The table in
 * README.md lists the same, which a test checks.
 */

const setting = <S extends z.ZodType>(fallback: string, description: string, schema: S) => ({
  fallback,
  description,
  schema,
});

const wholeNumber = (from: number, to: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/, `must be a whole number from ${from} to ${to}`)
    .transform(Number)
    .pipe(
      z
        .number()
        .min(from, `must be a whole number from ${from} to ${to}`)
        .max(to, `must be a whole number from ${from} to ${to}`),
    );

const HTTPS = 'must be a web address that starts with https://';
/** @param told what anybody on the way would learn */
const closedOnly = (told: string): string =>
  `${HTTPS}: over http:// anybody on the way could read ${told}. http:// serves for this computer and private networks`;
const orNull = <S extends z.ZodType>(schema: S) => z.union([z.literal('').transform(() => null), schema]);

/** The address of tiles; null where it is no address. */
const tilesAt = (url: string): URL | null => URL.parse(url.replace('{s}.', 'any-subdomain.'));

/** The address in 'Name <address>', or the whole. */
const addressIn = (from: string): string => /^[^<>\r\n]*<([^<>]+)>$/.exec(from)?.[1]?.trim() ?? from;

const TABLE = {
  PORT: setting('8080', 'Port that the directory is served on.', wholeNumber(0, 65_535)),
  HOST: setting(
    '',
    'Address to listen on. Empty: every network interface; 127.0.0.1: this computer alone, as behind a proxy on it.',
    z.string().max(255),
  ),
  DATABASE: setting(
    'data/signpost.sqlite',
    'The one file that holds everything. A relative path counts from the folder of the program.',
    z.string().min(1),
  ),
  DATABASE_NEW: setting(
    '',
    'What a file that is not there yet begins with: examples or empty. Empty: examples at the default path; at another it asks.',
    orNull(z.enum(['examples', 'empty'], { error: 'must be examples or empty' })),
  ),
  BACKUP_FOLDER: setting(
    '',
    'Folder into which the server copies the database once a day; best one on another disk. Empty: it makes no copies.',
    orNull(z.string().max(1000)),
  ),
  BACKUP_KEEP: setting('14', 'How many of those copies are kept, the newest.', wholeNumber(1, 3650)),
  LITESTREAM: setting(
    '0',
    'With 1, Litestream copies the database all the time: the log beside it is left to that program.',
    wholeNumber(0, 1),
  ),
  READ_ONLY: setting(
    '0',
    'With 1, this is a second server: it searches a copy that another program keeps up to date, and never writes.',
    wholeNumber(0, 1),
  ),
  FIRST_SERVER: setting(
    '',
    'With READ_ONLY: the address of the server to which whoever wants to change something is sent.',
    orNull(webAddress.transform(withoutSlash)),
  ),
  WORKERS: setting(
    '1',
    'How many processes answer, each on a core of its own; all but the first only read. 1: one process does everything.',
    wholeNumber(1, 64),
  ),
  SECRET: setting(
    '',
    'Key that seals the places in addresses, at least 32 characters. Empty: made on first start and kept in the database.',
    orNull(z.string().min(32, 'must have at least 32 characters: make one with `openssl rand -hex 32`')),
  ),
  POSTCODES_IO_URL: setting(
    '',
    'A postcodes.io to ask for postcodes that the own table lacks. It is sent the postcode, so it is off unless set.',
    orNull(
      z
        .string()
        .refine((url) => URL.canParse(url), { error: HTTPS, abort: true })
        .refine((url) => isClosed(new URL(url)), closedOnly('the postcodes that it is sent')),
    ),
  ),
  MAP_TILES_URL: setting(
    '',
    'Map tiles in place of the ground that this server draws, such as https://tile.example.org/{z}/{x}/{y}.png.',
    orNull(
      z
        .string()
        .regex(/^https?:\/\/[^\s"'<>;,]+$/, { error: HTTPS, abort: true })
        // The host goes into a header of every page, so it must be one, apart from Leaflet's {s}.
        .refine((url) => /^([a-z0-9.-]+|\[[0-9a-f:.]+\])$/.test(tilesAt(url)?.hostname ?? ''), {
          error: HTTPS,
          abort: true,
        })
        .refine((url) => isClosed(tilesAt(url) as URL), {
          error: closedOnly('which places people look at'),
          abort: true,
        })
        .refine(
          (url) => ['{z}', '{x}', '{y}'].every((part) => url.includes(part)),
          'must contain {z}, {x} and {y}, which stand for the zoom and the tile',
        ),
    ),
  ),
  MAP_TILES_ATTRIBUTION: setting('', 'Who made those tiles, as their licence asks. Shown on the map.', z.string()),
  DIRECTIONS_URL: setting(
    '',
    'A map for the way to a venue, linked from its listing and from short links, such as https://maps.example.org/?to={latitude},{longitude}.',
    orNull(
      z
        .string()
        .regex(/^https?:\/\/[^\s"'<>]+$/, { error: HTTPS, abort: true })
        .refine((url) => URL.canParse(url), { error: HTTPS, abort: true })
        .refine((url) => isClosed(new URL(url)), { error: closedOnly('where people want to go'), abort: true })
        .refine(
          (url) => url.includes('{address}') || (url.includes('{latitude}') && url.includes('{longitude}')),
          'must contain {latitude} and {longitude}, or {address}, which stand for where the venue is',
        ),
    ),
  ),
  EMBED_HOSTS: setting(
    '',
    'Sites whose pages may show the search in a frame, such as https://www.example.gov.uk, with commas between; * for any.',
    z
      .string()
      .transform((list) =>
        list
          .toLowerCase()
          .split(/[\s,]+/)
          .filter(Boolean)
          .map(withoutSlash),
      )
      .pipe(
        z.array(
          z.string().regex(/^(?:\*|https?:\/\/(?:\*\.)?[a-z0-9.-]{1,253}(?::\d{1,5})?)$/, {
            error: 'must be addresses such as https://www.example.gov.uk, with commas between and no path',
          }),
        ),
      ),
  ),
  URGENT_FILE: setting(
    '',
    'A file with help lines and words of danger of your own, such as a local crisis line: data/urgent/README.md says how.',
    orNull(z.string().max(1000)),
  ),
  NEEDS_FOLDER: setting(
    '',
    'A folder with needs of your own, found and offered beside those that Signpost knows: data/README.md says how.',
    orNull(z.string().max(1000)),
  ),
  OPERATOR: setting(
    '',
    'Who runs this copy, as its pages name them. Empty: the team that runs this copy of Signpost.',
    z.string().max(120),
  ),
  CONTACT: setting(
    '',
    'E-mail address or web page for questions and corrections, shown on the pages.',
    orNull(z.union([z.email(), webAddress], { error: 'must be an e-mail address or a web address' })),
  ),
  SITE_URL: setting(
    '',
    'Where people find this copy, such as https://signpost.example.org: links in mails and on paper start with it. Empty: http://localhost.',
    orNull(
      z
        .string()
        .refine((url) => /^https?:$/.test(URL.parse(url)?.protocol ?? ''), { error: HTTPS, abort: true })
        .refine((url) => isClosed(new URL(url)), closedOnly('the keys in the links of mails'))
        .transform(withoutSlash),
    ),
  ),
  MODERATORS: setting(
    '',
    'E-mail addresses of the owners of the directory, with commas between. They sign in by a mailed link, and invite others.',
    z
      .string()
      .transform((list) => [
        ...new Set(
          list
            .toLowerCase()
            .split(/[\s,;]+/)
            .filter(Boolean),
        ),
      ])
      .pipe(z.array(z.email({ error: 'must be e-mail addresses with commas between' }))),
  ),
  SMTP_URL: setting(
    '',
    'Where mail goes out, such as smtps://user:password@smtp.example.org. Empty: it is put into files in the folder outbox.',
    orNull(
      z.string().refine((url) => /^smtps?:$/.test(URL.parse(url)?.protocol ?? '') && URL.parse(url)?.hostname !== '', {
        error: 'must look like smtp://user:password@host:587 or smtps://user:password@host',
      }),
    ),
  ),
  MAIL_FROM: setting(
    '',
    'Who mail is from, such as Signpost <signpost@example.org>. Needed where SMTP_URL is set.',
    orNull(
      z
        .string()
        .max(200)
        .refine((from) => z.email().safeParse(addressIn(from)).success, {
          error: 'must be an e-mail address, or a name and an address: Signpost <signpost@example.org>',
        }),
    ),
  ),
  TRUST_PROXY: setting(
    '0',
    'How many proxies stand before this server. With 1, the client is the last address in X-Forwarded-For.',
    wholeNumber(0, 10),
  ),
  IMPORT_PRIVATE: setting(
    '0',
    'With 1, feeds at addresses in a private network may be harvested; else they are refused, however they are reached.',
    wholeNumber(0, 1),
  ),
  RATE_LIMIT: setting(
    '600',
    'Requests that one client address may make in a minute; a whole hospital may share one address. 0: no limit.',
    wholeNumber(0, 100_000),
  ),
};

type Name = keyof typeof TABLE;
export type Settings = { readonly [N in Name]: z.output<(typeof TABLE)[N]['schema']> };

/** Every setting for people: what README's table and the checks of it are made from. */
export const SETTINGS: readonly { name: string; fallback: string; description: string }[] = Object.entries(TABLE).map(
  ([name, { fallback, description }]) => ({ name, fallback, description }),
);

/** Who writes the log of the database back into it. */
export const logKeeper = ({ LITESTREAM }: Pick<Settings, 'LITESTREAM'>): 'sqlite' | 'litestream' =>
  LITESTREAM === 1 ? 'litestream' : 'sqlite';

/** A setting has a value that cannot be used; the message names each one and what it must be. */
export class SettingsError extends Error {
  constructor(mistakes: string[]) {
    super(mistakes.join('\n'));
    this.name = 'SettingsError';
  }
}

/**
 * Where links lead that are made while nobody asks for a page, as in mails; without a slash at the end.
 * @param port that the server listens on, where it is known
 */
export const siteFrom = ({ SITE_URL, PORT }: Pick<Settings, 'SITE_URL' | 'PORT'>, port: number = PORT): string =>
  SITE_URL ?? `http://localhost:${port}`;

/**
 * Reads the settings; an empty value counts as not set.
 * @param environment such as `process.env`
 * @throws SettingsError naming every setting whose value cannot be used, with the mend. Values are not repeated, since
 *   one of them is a secret.
 */
export function readSettings(environment: Record<string, string | undefined>): Settings {
  const mistakes: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, { fallback, schema }] of Object.entries(TABLE)) {
    const parsed = schema.safeParse(environment[name]?.trim() || fallback);
    if (parsed.success) values[name] = parsed.data;
    else
      mistakes.push(`${name} ${mend(parsed.error)}. Mend it, or leave it out for the default (${fallback || 'none'}).`);
  }
  if (values['MAP_TILES_URL'] && !values['MAP_TILES_ATTRIBUTION'])
    mistakes.push('MAP_TILES_ATTRIBUTION is missing: where MAP_TILES_URL is set, say who made the tiles.');
  if (values['READ_ONLY'] && !values['FIRST_SERVER'])
    mistakes.push('FIRST_SERVER is missing: where READ_ONLY is set, say which server takes changes.');
  if (values['SMTP_URL'] && !values['MAIL_FROM'])
    mistakes.push('MAIL_FROM is missing: where SMTP_URL is set, say who mail is from.');
  if (mistakes.length > 0) throw new SettingsError(mistakes);
  return values as Settings;
}

/** The sentence of the innermost issue: the message of a union says nothing about what its parts wanted. */
function mend(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue?.code === 'invalid_union') return issue.errors.flat().at(-1)?.message ?? issue.message;
  return issue?.message ?? 'cannot be used';
}
