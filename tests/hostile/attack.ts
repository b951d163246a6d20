import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { packList } from '../../api/domain/handout-list.ts';
import { sealPlace } from '../../api/domain/privacy.ts';
import { sealSearch } from '../../api/domain/sealed-search.ts';
import { handOverPage, keepPage, undoPage } from '../../api/notify/page-links.ts';
import { newestLine } from '../../api/store/changes.ts';
import { addKeeper } from '../../api/store/keepers.ts';
import { findListing } from '../../api/store/listings.ts';
import { closeStore, openStore } from '../../api/store/open.ts';
import { personOf } from '../../api/store/people.ts';
import { addReport } from '../../api/store/reports.ts';
import { readSetting } from '../../api/store/settings.ts';
import { addSubmission, changeSubmission } from '../../api/store/submissions.ts';
import { issueToken } from '../../api/store/tokens.ts';
import { baseOf, draftKey } from '../../api/submit/drafts.ts';
import type { Random } from '../api/search/random.ts';
import { NOW } from '../helpers/clock.ts';
import type { Site } from '../helpers/site.ts';
import { sessionCookie } from '../helpers/visitor.ts';
import { ask, onTheWire, type Reply, type Sent } from './ask.ts';
import { pagesOfWork } from './behind.ts';
import { type Form, formsIn, pages, routes, type Target } from './targets.ts';
import { hostileValue } from './values.ts';

/** Hostile requests to everything that a running site takes, drawn from a seed. */

export const MODERATOR = 'mo@example.org';

export interface Findings {
  requests: number;
  /** How often each status came. */
  statuses: Record<string, number>;
  /** Routes, pages and forms that were asked at least once. */
  reached: Set<string>;
  /** What must not be: a 5xx, a stack, a connection that ended without an answer. */
  wrong: string[];
}

/** A trace of the inside of the program. */
const INSIDE = /\n\s+at .*:\d+:\d+|node_modules\/|\bSqliteError\b|\bTypeError\b|\bRangeError\b|\bReferenceError\b/;

/** What a visitor may know: ids, codes and keys that are good for something. */
export function known(database: string): { values: string[]; paths: string[] } {
  const db = openStore(database);
  const now = new Date(NOW);
  try {
    const ids = (sql: string) => db.prepare(sql).pluck().all() as string[];
    const services = ids("SELECT id FROM service WHERE state = 'published' ORDER BY id LIMIT 20");
    const [kept = ''] = services;
    const person = personOf(db, 'kim@example.org', now);
    addKeeper(db, kept, person, now);
    const current = findListing(db, kept);
    const base = current ? baseOf(db, current, now) : {};
    const submission = randomUUID();
    addSubmission(
      db,
      { id: submission, kind: 'edit', service_id: kept, answers: { ...base, summary: 'Other' }, base, person },
      now,
    );
    changeSubmission(db, submission, 1, { state: 'waiting', sent_at: now.toISOString() }, now);
    const report = addReport(db, {
      service_id: kept,
      kind: 'wrong',
      words: 'It is.',
      person,
      at: now.toISOString(),
      suspended: 0,
    });
    const organizations = ids('SELECT id FROM organization ORDER BY id LIMIT 5');
    const fresh = randomUUID();
    addSubmission(
      db,
      { id: fresh, kind: 'new', service_id: randomUUID(), answers: { email: 'kim@example.org' }, base: null, person },
      now,
    );
    const wish = { subject: kept, person, minutes: 60 * 24, once: false };
    const edit = issueToken(db, { ...wish, purpose: 'edit' }, now);
    const confirm = issueToken(db, { ...wish, subject: fresh, purpose: 'confirm_email' }, now);
    const signIn = issueToken(db, { ...wish, subject: '', purpose: 'sign_in' }, now);
    const add = `/add/${draftKey(db, fresh, person, now)}`;
    const secret = Buffer.from(readSetting(db, 'secret') ?? '', 'base64');
    const steps = ['', '/who', '/what', '/when', '/where', '/for', '/joining', '/pain', '/dates', '/map', '/check'];
    return {
      values: [
        ...services,
        ...organizations,
        submission,
        String(report),
        edit,
        confirm,
        sealPlace({ kind: 'sector', code: 'E8 1' }, secret),
        sealSearch({ q: 'i cannot go on', categories: [] }, secret),
      ],
      paths: [
        ...steps.flatMap((step) => [`${add}${step}`, `/edit/${edit}${step}`]),
        keepPage(db, kept, person, now),
        `${keepPage(db, kept, person, now)}/stopped`,
        `${keepPage(db, kept, person, now)}/hand-over`,
        undoPage(db, newestLine(db, kept), person, now),
        handOverPage(db, kept, person, person, now),
        `/add/confirm/${confirm}`,
        `/moderate/sign-in/${signIn}`,
        `/report?service=${kept}`,
        `/services/${kept}`,
        `/organizations/${organizations[0]}`,
        '/areas/hackney',
        '/browse/advice',
        `/moderate/listings/${kept}`,
        `/moderate/submissions/${submission}`,
        `/moderate/reports/${report}`,
        `/moderate/duplicates/pair?one=${kept}&other=${services[1]}`,
        `/moderate/duplicates/organization-pair?keep=${organizations[0]}&other=${organizations[1]}`,
        `/handout?list=${packList(services.slice(0, 3))}`,
      ],
    };
  } finally {
    closeStore(db);
  }
}

/** Asks so many times; what was found is told at the end. */
export async function attack(site: Site, random: Random, requests: number): Promise<Findings> {
  const found: Findings = { requests: 0, statuses: {}, reached: new Set(), wrong: [] };
  const { values, paths } = known(site.database);
  let cookie = sessionCookie(site, MODERATOR);
  const targets: Target[] = [
    ...(await routes(site.origin)),
    ...pages(),
    ...[...paths, ...(await pagesOfWork(site.database, MODERATOR))].map((path) => ({ method: 'GET', path, query: [] })),
  ];
  const forms = new Map<string, Form>();

  const send = async (what: string, sent: Sent): Promise<Reply | null> => {
    found.requests += 1;
    found.reached.add(what);
    try {
      const reply = await ask(site.origin, sent);
      found.statuses[reply.status] = (found.statuses[reply.status] ?? 0) + 1;
      // 503 says in a sentence that the work of others is waited for, and when to come again.
      if (reply.status >= 500 && reply.status !== 503) found.wrong.push(`${reply.status} ${describe(sent)}`);
      if (INSIDE.test(reply.text)) found.wrong.push(`inside shown ${describe(sent)}`);
      return reply;
    } catch (error) {
      // Node turns away what is no HTTP before any of ours sees it.
      if (!/HPE_|ECONNRESET|EPIPE/.test(String((error as { code?: string }).code)))
        found.wrong.push(`${error} ${describe(sent)}`);
      return null;
    }
  };
  const value = () => hostileValue(random, values);
  const headers = (): Record<string, string> => (random.chance(0.8) ? { cookie } : {});

  const fill = (target: Target): string => {
    const path = target.path.replace(/\{\w+\}/g, () =>
      random.chance(0.5) ? random.pick(values) : encodeURIComponent(value().toWellFormed()).slice(0, 3_000),
    );
    const query = Array.from({ length: random.below(4) }, () => {
      const name = random.chance(0.85) && target.query.length > 0 ? random.pick(target.query) : value();
      return random.chance(0.9) ? `${encoded(name)}=${encoded(value())}` : `${name}=${value()}`;
    });
    const joint = path.includes('?') ? '&' : '?';
    return onTheWire(query.length === 0 ? path : `${path}${joint}${query.join('&')}`).slice(0, 12_000);
  };

  while (found.requests < requests) {
    // Some of what is sent signs out, or everywhere.
    if (found.requests % 200 === 0) cookie = sessionCookie(site, MODERATOR);
    const all = [...forms.values()];
    if (all.length > 0 && random.chance(0.5)) {
      const kept = random.pick(all);
      // A form that was drawn before others changed what it is about is met by a conflict, and its fields are not looked at.
      const fresh = random.chance(0.5) ? await send(`GET ${patternOf(kept.path)}`, looking(kept.path, cookie)) : null;
      const form =
        formsIn(fresh?.text ?? '', kept.path).find(({ fields }) => fields.length === kept.fields.length) ?? kept;
      await send(`POST ${patternOf(form.path)}`, post(form, value, random, headers()));
      continue;
    }
    const target = random.pick(targets);
    const method = random.chance(0.95)
      ? target.method
      : random.pick(['HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']);
    const path = random.chance(0.3) ? target.path.replace(/\{\w+\}/g, () => random.pick(values)) : fill(target);
    const { form } = target;
    if (form && method === 'POST' && random.chance(0.8)) {
      const fields = form.map((name): [string, string] => [name, value()]).filter(() => random.chance(0.5));
      await send(`POST ${patternOf(target.path)}`, post({ path, fields, buttons: [] }, value, random, headers()));
      continue;
    }
    const isJson = method === 'POST' && random.chance(0.5);
    const body = method === 'POST' ? Buffer.from(isJson ? json(target.body ?? [], value, random) : value()) : null;
    const type = isJson ? 'application/json' : random.pick(TYPES);
    const typed: Record<string, string> = body && random.chance(0.8) ? { 'content-type': type } : {};
    const reply = await send(`${target.method} ${patternOf(target.path)}`, {
      method,
      path,
      headers: { ...headers(), ...typed },
      body,
    });
    if (reply?.status === 200 && reply.type.startsWith('text/html') && method === 'GET')
      for (const form of formsIn(reply.text, path))
        forms.set(`${patternOf(form.path)} ${form.fields.map(([name]) => name)}`, form);
  }
  const faults = readFileSync(site.log, 'utf8').match(/^.* inside:$/gm) ?? [];
  for (const fault of new Set(faults)) found.wrong.push(`in the log: ${fault}`);
  return found;
}

const looking = (path: string, cookie: string): Sent => ({
  method: 'GET',
  path: onTheWire(path),
  headers: { cookie },
  body: null,
});

const TYPES = [
  'application/json',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'multipart/form-data',
  'text/plain',
  'application/json; charset=utf-16',
  'constructor',
];

const encoded = (text: string): string => encodeURIComponent(text.toWellFormed());

/** An object with what a route is to be sent, of the kind that it asks for or of any other. */
function json(names: readonly string[], value: () => string, random: Random): string {
  const one = (): unknown => {
    const kind = random.below(6);
    if (kind === 0) return random.pick([0, -1, 1.5, 1e308, 20]);
    if (kind === 1) return random.pick<unknown>([null, true, {}, [[]], { constructor: value() }]);
    return kind < 4 ? value() : Array.from({ length: 1 + random.below(3) }, value);
  };
  const sent = names.filter(() => random.chance(0.9)).map((name) => [name, one()]);
  return JSON.stringify(Object.fromEntries(random.chance(0.1) ? [...sent, [value(), one()]] : sent));
}

/** Fields without which a form is turned away before anything else of it is looked at. */
const UNDER_THE_BONNET = ['csrf', 'mark', 'version', 'seen'];

/** A form with some fields as they were, some changed, one left out, one sent twice, and one that nobody asked for. */
function post(form: Form, value: () => string, random: Random, headers: Record<string, string>): Sent {
  const pressed = form.buttons.length > 0 && random.chance(0.9) ? [random.pick(form.buttons)] : [];
  const fields = [...form.fields, ...pressed].flatMap(([name, was]): [string, string][] => {
    if (UNDER_THE_BONNET.includes(name)) return [[name, random.chance(0.95) ? was : value()]];
    const kind = random.below(10);
    if (kind === 0) return [];
    if (kind === 1)
      return [
        [name, was],
        [name, value()],
      ];
    return [[name, kind < 5 ? was : value()]];
  });
  if (random.chance(0.1)) fields.push([value(), value()]);
  if (random.chance(0.15)) {
    const boundary = 'xYz';
    const parts = fields.map(
      ([name, text]) =>
        `--${boundary}\r\nContent-Disposition: form-data; name="${name.replaceAll(/["\r\n]/g, '')}"${random.chance(0.1) ? '; filename="x.csv"' : ''}\r\n\r\n${text}\r\n`,
    );
    const end = random.chance(0.9) ? `--${boundary}--\r\n` : '';
    const type = `multipart/form-data; boundary=${boundary}`;
    return {
      method: 'POST',
      path: onTheWire(form.path),
      headers: { ...headers, 'content-type': type },
      body: Buffer.from(parts.join('') + end),
    };
  }
  const body = fields
    .map(([name, text]) => `${encoded(name)}=${random.chance(0.97) ? encoded(text) : onTheWire(text)}`)
    .join('&');
  const type = random.chance(0.95) ? 'application/x-www-form-urlencoded' : random.pick(TYPES);
  return {
    method: 'POST',
    path: onTheWire(form.path),
    headers: { ...headers, 'content-type': type },
    body: Buffer.from(body),
  };
}

/** An address without what is different each time. */
const patternOf = (path: string): string =>
  path
    .replace(/\?.*$/s, '')
    .replaceAll(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g, '{id}')
    .replaceAll(/\/[\w-]{27}(?=\/|$)/g, '/{token}');

const describe = ({ method, path, headers, body }: Sent): string =>
  `${method} ${path.slice(0, 300)} ${headers['content-type'] ?? ''} ${body ? body.toString('utf8').slice(0, 600) : ''}`;
