/** HTML that is written already: put into other markup, it stays as it is. */
export class Markup {
  readonly html: string;

  constructor(html: string) {
    this.html = html;
  }

  toString(): string {
    return this.html;
  }
}

const SPECIAL = /[&<>"']/;
const EVERY_SPECIAL = /[&<>"']/g;
const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it stands in HTML, between tags and within the quotes of an attribute. */
const escaped = (text: string): string =>
  SPECIAL.test(text) ? text.replace(EVERY_SPECIAL, (character) => REFERENCES[character] as string) : text;

function written(value: unknown): string {
  if (typeof value === 'string') return escaped(value);
  if (value instanceof Markup) return value.html;
  if (value === null || value === undefined || typeof value === 'boolean') return '';
  if (!Array.isArray(value)) return escaped(String(value));
  let html = '';
  for (const one of value) html += written(one);
  return html;
}

/**
 * A template of HTML, for what is drawn for everybody who searches: what is put in is escaped, unless it is markup itself;
 * nothing stands for null, undefined and booleans; of a list all is put in.
 */
export function markup(strings: TemplateStringsArray, ...values: unknown[]): Markup {
  let html = strings[0] as string;
  for (let at = 0; at < values.length; at++) html += written(values[at]) + strings[at + 1];
  return new Markup(html);
}

/** ' lang="cy"'; nothing where there is no value. An empty one says something, too. */
export const attribute = (name: string, value: string | undefined): Markup | null =>
  value === undefined ? null : new Markup(` ${name}="${escaped(value)}"`);

/** ' checked' where it is so. */
export const flag = (name: string, isSo: boolean): Markup | null => (isSo ? new Markup(` ${name}`) : null);
