import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MAIL_VALUES, type TemplateName } from './templates.ts';

/**
 * Both halves of a mail, the text and the HTML, from one file of plain words that anybody can edit:
 *
 *     Subject: Is {name} still right?
 *
 *     A paragraph. A gap like {name} is filled.
 *
 *     => {link} Words on the button
 *
 * Paragraphs are separated by a blank line. A paragraph that is nothing but one gap may bring lines of its own, buttons
 * among them.
 */

const FOLDER = join(import.meta.dirname, '../../data/messages/mail');

export interface MailContent {
  subject: string;
  text: string;
  html: string;
}

/** Who runs the directory. */
export interface Sender {
  /** What the directory is called. */
  name?: string;
  operator?: string;
  /** An address or a web page; null for none. */
  contact?: string | null;
}

/** A template cannot be used as it stands: the message names the file and the mend. */
export class TemplateError extends Error {
  constructor(template: string, mend: string) {
    super(`data/messages/mail/${template}.txt ${mend}`);
    this.name = 'TemplateError';
  }
}

interface Part {
  kind: 'words' | 'button';
  words: string;
  /** Where a button leads. */
  address: string;
}

/** Whether a value is a page of this site. */
const isPath = (value: string): boolean => /^\/[^\s/]\S*$/.test(value);

const GAP = /\{([a-z_]+)\}/g;
const BUTTON = /^=>\s+(\S+)\s+(\S.*)$/;

/** Nothing that comes from outside makes a line of its own, such as a header or a button. */
export const onOneLine = (value: string): string => value.replace(/\s+/g, ' ').trim();

/** A name as a line by itself, which makes no button. */
export const nameOnOneLine = (name: string): string => onOneLine(name).replace(/^(=>\s*)+/, '');

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

/** Whether anybody knows such a mail. */
const isTemplate = (name: string): name is TemplateName => Object.hasOwn(MAIL_VALUES, name);

/** The words of a file as they were written. */
function source(template: string): { subject: string; paragraphs: string[] } {
  if (!isTemplate(template)) throw new TemplateError(template, 'is not a mail that this program sends.');
  let file: string;
  try {
    file = readFileSync(join(FOLDER, `${template}.txt`), 'utf8').replaceAll('\r\n', '\n');
  } catch {
    throw new TemplateError(template, 'cannot be read. Put it back as it came with the program.');
  }
  const [first = '', ...rest] = file.trim().split('\n');
  const subject = /^Subject:\s*(\S.*)$/.exec(first)?.[1];
  if (!subject) throw new TemplateError(template, 'must begin with a line such as: Subject: Is {name} still right?');
  return {
    subject,
    paragraphs: rest
      .join('\n')
      .trim()
      .split(/\n\s*\n/),
  };
}

/**
 * The words of a mail.
 * @param values what stands in the gaps; one that starts with '/' is a page of this site
 * @param site 'https://signpost.example.org', without a slash at the end
 * @param sender who runs the directory, '' where nobody said, and where questions go
 * @throws TemplateError where the file has a gap that nothing fills, or is no template
 */
export function mailWords(
  template: string,
  values: Readonly<Record<string, string>>,
  site: string,
  { name: directory = 'the directory', operator = '', contact = null }: Sender = {},
): MailContent {
  const { subject, paragraphs } = source(template);
  const value = (name: string): string => {
    const found = Object.hasOwn(values, name) ? values[name] : undefined;
    if (found === undefined)
      throw new TemplateError(template, `has the gap {${name}}, and there is nothing to fill it. Take it out.`);
    return found;
  };
  const whole = (address: string) => (address.startsWith('/') ? `${site}${address}` : address);
  const fill = (text: string): string =>
    text.replace(GAP, (_gap, name: string) => {
      const found = onOneLine(value(name));
      return isPath(found) ? whole(found) : found;
    });
  const partsOf = (line: string, filled: (text: string) => string): Part => {
    const [, address, words] = BUTTON.exec(line) ?? [];
    if (address === undefined || words === undefined) return { kind: 'words', words: filled(line), address: '' };
    return { kind: 'button', words: filled(words), address: whole(filled(address)) };
  };
  const blocks = paragraphs.flatMap((paragraph): Part[][] => {
    const [, alone] = /^\{([a-z_]+)\}$/.exec(paragraph.trim()) ?? [];
    if (alone === undefined) return [paragraph.split('\n').map((line) => partsOf(line, fill))];
    // A note that nobody wrote leaves no gap between paragraphs.
    if (value(alone).trim() === '') return [];
    return [
      value(alone)
        .split('\n')
        .map((line) => partsOf(line, (text) => (isPath(text) ? whole(text) : text))),
    ];
  });
  const foot = [
    operator ? `This mail comes from ${operator}, who run ${directory}:` : `This mail comes from ${directory}:`,
    site,
    ...(contact === null ? [] : [`Questions: ${contact}`]),
  ];
  blocks.push(foot.map((words): Part => ({ kind: 'words', words, address: '' })));
  // Whoever is asked for something by mail wants to know by whom before opening it.
  const headed = onOneLine(operator ? `${operator}: ${fill(subject)}` : fill(subject));
  return { subject: headed, text: asText(blocks), html: asHtml(headed, blocks) };
}

const asText = (blocks: readonly Part[][]): string =>
  `${blocks
    .map((parts) =>
      parts.map((part) => (part.kind === 'button' ? `${part.words}:\n${part.address}` : part.words)).join('\n'),
    )
    .join('\n\n')}\n`;

/** Colours and letters of the site, written into the elements: mail programs drop style sheets. */
const BODY =
  'margin:0 auto;padding:24px 16px;max-width:560px;font:18px/1.5 Arial,sans-serif;color:#1c2928;background:#fffdf9';
const LINK =
  'display:inline-block;padding:12px 20px;border-radius:6px;background:#17544f;color:#ffffff;font-weight:bold;text-decoration:none';

function asHtml(subject: string, blocks: readonly Part[][]): string {
  const part = ({ kind, words, address }: Part) =>
    kind === 'button' ? `<a href="${escapeHtml(address)}" style="${LINK}">${escapeHtml(words)}</a>` : escapeHtml(words);
  const paragraphs = blocks.map((parts) => `<p style="margin:0 0 18px">${parts.map(part).join('<br>\n')}</p>`);
  return [
    '<!doctype html>',
    `<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head>`,
    `<body style="${BODY}">`,
    ...paragraphs,
    '</body></html>',
    '',
  ].join('\n');
}
