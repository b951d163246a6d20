import { html } from 'hono/html';

/** The forms of the answers, for the documentation page: a table of fields for each schema that has a name. */

export interface Shape {
  $ref?: string;
  type?: string | string[];
  description?: string;
  enum?: unknown[];
  items?: Shape;
  properties?: Record<string, Shape>;
  required?: string[];
  anyOf?: Shape[];
  oneOf?: Shape[];
}
type Markup = ReturnType<typeof html>;

const TYPES: Record<string, string> = {
  string: 'text',
  integer: 'whole number',
  number: 'number',
  boolean: 'true or false',
  object: 'an object',
  null: 'null',
};

const nameOf = ($ref: string): string => $ref.split('/').at(-1) ?? '';
const shapeAnchor = (name: string): string => `shape-${name.toLowerCase()}`;

const joined = (parts: Markup[], between: string): Markup[] =>
  parts.map((part, index) => (index === 0 ? part : html`${between}${part}`));

/** What a field holds, in words, with links to the forms that have a name. */
export function shapeInWords(shape: Shape): Markup {
  if (shape.$ref) return html`<a href="#${shapeAnchor(nameOf(shape.$ref))}">${nameOf(shape.$ref)}</a>`;
  const either = shape.anyOf ?? shape.oneOf;
  if (either) return html`${joined(either.map(shapeInWords), ' or ')}`;
  if (shape.enum) return html`${shape.enum.filter((value) => value !== null).join(', ')}`;
  if (shape.items) return html`list: ${shapeInWords(shape.items)}`;
  if (shape.properties) return html`${Object.keys(shape.properties).join(', ')}`;
  return html`${[shape.type ?? 'object']
    .flat()
    .map((type) => TYPES[type] ?? type)
    .join(' or ')}`;
}

function fieldRows(shape: Shape): Markup[] {
  if (shape.items) return fieldRows(shape.items);
  return Object.entries(shape.properties ?? {}).map(
    ([
      name,
      field,
    ]) => html`<tr><th scope="row"><code>${name}</code>${shape.required?.includes(name) ? '' : ' (may be absent)'}</th>
      <td>${shapeInWords(field)}</td><td>${field.description ?? ''}</td></tr>`,
  );
}

const shapeTable = (name: string, shape: Shape): Markup => {
  const rows = fieldRows(shape);
  return html`<h3 id="${shapeAnchor(name)}">${name}</h3>
    ${
      rows.length === 0
        ? html`<p>${shapeInWords(shape)}</p>`
        : html`<div class="wide" tabindex="0" role="region" aria-label="Fields of ${name}"><table>
      <thead><tr><th scope="col">Field</th><th scope="col">What it holds</th><th scope="col">What it means</th></tr></thead>
      <tbody>${rows}</tbody></table></div>`
    }`;
};

/** A table for each form with a name, by name. */
export const shapeTables = (shapes: Record<string, Shape>): Markup[] =>
  Object.entries(shapes)
    .sort(([a], [b]) => a.localeCompare(b, 'en'))
    .map(([name, shape]) => shapeTable(name, shape));
