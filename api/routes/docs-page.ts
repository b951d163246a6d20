import type { OpenAPIHono } from '@hono/zod-openapi';
import { html } from 'hono/html';
import { PROBLEMS } from '../http/problem.ts';
import { type Shape, shapeInWords, shapeTables } from './docs-shapes.ts';
import type { Example } from './examples.ts';

/** The documentation page: the OpenAPI document in words, with examples that can be followed. No script, nothing foreign. */

type Document = ReturnType<OpenAPIHono['getOpenAPI31Document']>;
type Operation = NonNullable<NonNullable<Document['paths']>[string]['get']>;
interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema?: {
    type?: unknown;
    enum?: unknown[];
    items?: { enum?: unknown[] };
    minimum?: number;
    maximum?: number;
    maxLength?: number;
    default?: unknown;
  };
}
type Markup = ReturnType<typeof html>;

/** Text in which `so` marks code. */
const prose = (text = ''): Markup[] =>
  text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`));

const TAKES: Record<string, string> = { array: 'one or several codes', integer: 'a whole number', number: 'a number' };

/** What a parameter takes, in words. */
function takes({ schema = {} }: Parameter): string {
  const values = schema.enum ?? schema.items?.enum;
  if (values) return values.join(', ');
  const said = [TAKES[String(schema.type)] ?? 'text'];
  if (schema.minimum !== undefined && (schema.maximum ?? Number.MAX_SAFE_INTEGER) < Number.MAX_SAFE_INTEGER)
    said.push(`${schema.minimum} to ${schema.maximum}`);
  if (schema.maxLength !== undefined) said.push(`at most ${schema.maxLength} characters`);
  if (schema.default !== undefined) said.push(`${schema.default} unless said`);
  return said.join(', ');
}

const parameterTable = (parameters: Parameter[]): Markup | '' =>
  parameters.length === 0
    ? ''
    : html`<div class="wide" tabindex="0" role="region" aria-label="Parameters"><table>
        <thead><tr><th scope="col">Parameter</th><th scope="col">What it is</th><th scope="col">What it takes</th></tr></thead>
        <tbody>${parameters.map(
          (
            parameter,
          ) => html`<tr><th scope="row"><code>${parameter.name}</code>${parameter.in === 'path' ? ' in the path' : ''}</th>
            <td>${prose(parameter.description)}</td><td>${takes(parameter)}</td></tr>`,
        )}</tbody></table></div>`;

const exampleBlock = ({ title, request, body, status, answer }: Example): Markup =>
  html`<details><summary>${title}</summary>
    ${
      body === undefined
        ? html`<p><a href="${request}">GET ${request}</a> answers ${status}:</p>`
        : html`<p>POST ${request} with</p>
    <pre tabindex="0"><code>${JSON.stringify(body, null, 2)}</code></pre><p>answers ${status}:</p>`
    }
    <pre tabindex="0"><code>${JSON.stringify(answer, null, 2)}</code></pre></details>`;

const anchorOf = (path: string): string =>
  path
    .replace('/api/v1/', '')
    .replace(/[^a-z]+/g, '-')
    .replace(/-$/, '');

/** Whether an example is one of this path: its parts match, a part in braces matches anything. */
const isOf = (path: string, request: string): boolean =>
  new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{[a-z]+\}/g, '[^/?]+')}(\\?|$)`).test(request);

interface Answer {
  description: string;
  content?: Record<string, { schema?: Shape }>;
}

/** What an answer is for, and its form where that is JSON. */
const responseItem = (status: string, { description, content = {} }: Answer): Markup => {
  const forms = Object.entries(content).flatMap(([type, { schema }]) =>
    schema && type.includes('json') ? [schema] : [],
  );
  return html`<li><code>${status}</code> ${prose(description)} ${forms.map((form) => html` ${shapeInWords(form)}`)}</li>`;
};

const operationSection = (
  { path, method, operation }: { path: string; method: string; operation: Operation },
  examples: readonly Example[],
): Markup =>
  html`<section aria-labelledby="${anchorOf(path)}">
    <h2 id="${anchorOf(path)}"><code>${method} ${path}</code></h2>
    <p class="lead">${operation.summary ?? ''}</p>
    ${operation.description ? html`<p>${prose(operation.description)}</p>` : ''}
    ${parameterTable((operation.parameters ?? []) as Parameter[])}
    <ul>${Object.entries(operation.responses ?? {}).map(([status, response]) => responseItem(status, response as Answer))}</ul>
    ${examples.filter(({ request }) => isOf(path, request)).map(exampleBlock)}
  </section>`;

/**
 * The page, whole.
 * @param name what the directory is called
 */
export function docsPage(name: string, document: Document, examples: readonly { example: Example }[]): Markup {
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) => [
    ...(item.get ? [{ path, method: 'GET', operation: item.get }] : []),
    ...(item.post ? [{ path, method: 'POST', operation: item.post as Operation }] : []),
  ]);
  const shown = examples.map(({ example }) => example);
  return html`<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${document.info.title}</title>
<link rel="stylesheet" href="/api/v1/docs.css">
</head>
<body>
<main>
<p><a href="/">${name}</a></p>
<h1>${document.info.title}</h1>
<p class="lead">${prose(document.info.description)}</p>
<p>Version ${document.info.version}. For programs: <a href="/api/v1/openapi.json">openapi.json</a> (OpenAPI 3.1).</p>
<nav aria-label="Addresses"><ul>${operations.map(
    ({ path, operation }) =>
      html`<li><a href="#${anchorOf(path)}"><code>${path}</code></a> ${operation.summary ?? ''}</li>`,
  )}</ul></nav>
${operations.map((operation) => operationSection(operation, shown))}
<section aria-labelledby="shapes">
<h2 id="shapes">What the answers hold</h2>
${shapeTables((document.components?.schemas ?? {}) as Record<string, Shape>)}
</section>
<section aria-labelledby="problems">
<h2 id="problems">Problems</h2>
<p>An answer that is not what was asked for is <code>application/problem+json</code> (RFC 9457): <code>detail</code> says
what is wrong and what to do next, <code>parameter</code> names the parameter, and <code>type</code> leads here.</p>
<dl>${Object.entries(PROBLEMS).map(
    ([code, { status, title }]) =>
      html`<dt id="${code}"><code>${status}</code> <code>${code}</code></dt><dd>${title}.</dd>`,
  )}</dl>
</section>
</main>
</body>
</html>`;
}
