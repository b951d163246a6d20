import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { World } from '../../fixtures/world.ts';

/**
 * What a record must be: the schemas that Open Referral UK publishes, where they lie beside the project; and always the
 * description that this server gives of itself, which states the same required fields and more.
 */

const SPEC = join(import.meta.dirname, '../../../../shared/oruk/spec/3.0');
const SITE = 'https://openreferraluk.org/specifications/3.0/';

const hasOfficial = existsSync(join(SPEC, 'openapi.json'));

type Json = Record<string, unknown>;
/** What is wrong with a body, a line each; empty where nothing is. */
export type Judge = (path: string, body: unknown) => string[];

const newAjv = () => {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false, logger: false });
  (addFormats as unknown as (it: Ajv2020) => void)(ajv);
  for (const format of ['datetime', 'int32', 'int64', 'float', 'double']) ajv.addFormat(format, true);
  return ajv;
};

const read = (url: string): unknown => JSON.parse(readFileSync(join(SPEC, url.slice(SITE.length)), 'utf8'));

/** The schema with every reference in it replaced by what it refers to; one that comes round again is left open. */
function inline(node: unknown, seen: readonly string[] = []): unknown {
  if (Array.isArray(node)) return node.map((item) => inline(item, seen));
  if (node === null || typeof node !== 'object') return node;
  const { $ref, ...rest } = node as Json;
  if (typeof $ref === 'string' && $ref !== '') {
    if (seen.includes($ref)) return {};
    return { ...(inline(read($ref), [...seen, $ref]) as Json), ...(inline(rest, seen) as Json) };
  }
  // What is a name of the vocabulary here would be an instruction to the validator.
  const kept = Object.entries(rest).filter(
    ([key, value]) => !(key === '$schema' || key === '$id' || isExample(key, value)),
  );
  return Object.fromEntries(kept.map(([key, value]) => [key, inline(value, seen)]));
}
const isExample = (key: string, value: unknown): boolean =>
  (key === 'example' || key === 'examples') && (typeof value !== 'object' || value === null);

function judgeBy(schemaOf: (path: string) => unknown): Judge {
  const ajv = newAjv();
  const compiled = new Map<string, ReturnType<Ajv2020['compile']>>();
  return (path, body) => {
    let validate = compiled.get(path);
    if (!validate) {
      validate = ajv.compile(schemaOf(path) as Json);
      compiled.set(path, validate);
    }
    validate(body);
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath || '/'} ${message}`);
  };
}

/** By the official schemas. Paths are as the standard has them: '/services/{id}'. */
function officialJudge(): Judge {
  const document = read(`${SITE}openapi.json`) as { paths: Record<string, { get: Json }> };
  return judgeBy((path) => {
    // biome-ignore lint/suspicious/noExplicitAny: a foreign document, walked.
    const get = document.paths[path]?.get as any;
    return inline(get.responses['200'].content['application/json'].schema);
  });
}

/** By what the server itself declares. */
async function ownJudge({ api }: Pick<World, 'api'>): Promise<Judge> {
  const document = (await (await api.request('/api/openreferral/v3/openapi.json')).json()) as Json;
  return judgeBy((path) => ({
    $id: `own:${path}`,
    $ref: `#/paths/${path.replaceAll('/', '~1').replace('{', '%7B').replace('}', '%7D')}/get/responses/200/content/application~1json/schema`,
    ...document,
  }));
}

/** Every judge that there is here. */
export async function allJudges(world: Pick<World, 'api'>): Promise<Judge> {
  const judges = [await ownJudge(world), ...(hasOfficial ? [officialJudge()] : [])];
  return (path, body) => judges.flatMap((judge) => judge(path, body));
}

/** Every null and every empty text within a body, by where it is. */
export function emptyIn(node: unknown, at = ''): string[] {
  if (node === null) return [`${at} is null`];
  if (node === '') return [`${at} is empty`];
  if (Array.isArray(node))
    return node.length === 0 ? [`${at} is empty`] : node.flatMap((item, index) => emptyIn(item, `${at}[${index}]`));
  if (typeof node === 'object') return Object.entries(node).flatMap(([key, value]) => emptyIn(value, `${at}.${key}`));
  return [];
}
