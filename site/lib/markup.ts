import { html } from 'hono/html';

/** HTML that is written already: put into other markup, it stays as it is. */
export type Markup = ReturnType<typeof asMarkup>;

const asMarkup = (strings: TemplateStringsArray, values: unknown[]) =>
  // A promise comes of promises alone, and none is put in.
  html(strings, ...values) as Exclude<ReturnType<typeof html>, Promise<unknown>>;

/**
 * A template of HTML, for the parts of pages that come by the dozen: what is put in is escaped, unless it is markup itself;
 * nothing stands for null, undefined and booleans; of a list all is put in.
 */
export const markup = (strings: TemplateStringsArray, ...values: unknown[]): Markup => asMarkup(strings, values);

/** ' lang="cy"'; nothing where there is no value. An empty one says something, too. */
export const attribute = (name: string, value: string | undefined): Markup | null =>
  value === undefined ? null : markup` ${name}="${value}"`;
