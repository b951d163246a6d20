import { decodeHTMLStrict } from 'entities';
import { attribute, endOfTag, hasTags, tagReader } from './tags.ts';

/**
 * Markup to plain words. One pass from left to right, so that a text of any shape takes time in proportion to its length.
 */

/** Their content is no text for people. */
const UNREAD = new Set(['script', 'style', 'iframe', 'object', 'embed', 'template', 'noscript', 'svg', 'math', 'head']);
const PARAGRAPHS = new Set(
  'p div ul ol table section article blockquote h1 h2 h3 h4 h5 h6 header footer dl pre form'.split(' '),
);
const LINES = new Set(['br', 'li', 'tr', 'dt', 'dd', 'hr', 'option']);

/** What is struck out is not said any more. */
const STRUCK = new Set(['s', 'strike', 'del']);
const LINE_THROUGH = /style\s*=\s*["'][^"']*line-through/i;
/** In plain text: '~~Monday~~ Wednesday', and letters each with a stroke of its own through it. */
const TILDES = /~~(?=\S)[^~\n]{1,300}~~|(?:.(?:\u0335|\u0336|\u0337|\u0338)){2,300}/g;

/** Whether there is anything in it that is not what it says. */
export const hasMarkup = (text: string): boolean =>
  hasTags(text) || decodeEntities(text) !== text || text.search(TILDES) !== -1;

/** Whether a program that showed it as HTML would run or fetch something. */
export const isArmed = (text: string): boolean =>
  /<[\s/]{0,20}(?:script|iframe|object|embed|svg|math|style|link|meta|base|form)\b/i.test(text) ||
  /<[a-z][^<>]{0,2000}\son[a-z]{3,20}\s*=/i.test(text) ||
  /(?:java|vb)script\s*:/i.test(text) ||
  /data:text\/html/i.test(text);

/** Soft hyphens are for printers. */
const decodeEntities = (text: string): string =>
  text.includes('&') ? decodeHTMLStrict(text).replaceAll('\u00ad', '') : text;

/**
 * The words of a text with markup: paragraphs apart by a blank line, items of lists on lines of their own, the address of
 * a link behind its words. What was encoded twice is decoded twice.
 */
export function toText(markup: string): string {
  let text = markup;
  for (let round = 0; round < 3 && hasMarkup(text); round++)
    text = decodeEntities(hasTags(text) ? withoutTags(text) : text);
  return tidyLines((hasTags(text) ? withoutTags(text) : text).replace(TILDES, ''));
}

/** No blanks at the ends of lines, at most one blank line. */
export const tidyLines = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();

function withoutTags(text: string): string {
  const out: string[] = [];
  const links: (string | null)[] = [];
  const tags = tagReader(text);
  const lower = text.toLowerCase();
  /** What is open that nobody reads: its words are passed over until it is closed. */
  let struck: { name: string; depth: number } | null = null;
  const put = (words: string) => struck === null && out.push(words);
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('<', at);
    if (open === -1) break;
    put(text.slice(at, open));
    const tag = tags.at(open);
    if (tag === null) {
      put('<');
      at = open + 1;
      continue;
    }
    at = tag.end;
    const { name, closes, inside } = tag;
    if (struck !== null) {
      if (name === struck.name) struck.depth += closes ? -1 : 1;
      if (struck.depth === 0) struck = null;
    } else if (UNREAD.has(name) && !closes && !inside.endsWith('/')) {
      // The words before it and after it are not one.
      out.push(' ');
      const close = lower.indexOf(`</${name}`, at);
      at = close === -1 ? text.length : endOfTag(text, close);
    } else if (!closes && (STRUCK.has(name) || LINE_THROUGH.test(inside))) {
      // One that is never closed strikes nothing out: no word is lost to a slip.
      if (tags.lastClosing(name) > open) struck = { name, depth: 1 };
    } else if (PARAGRAPHS.has(name)) out.push('\n\n');
    else if (LINES.has(name)) out.push(name === 'li' ? (closes ? '' : '\n- ') : closes ? '' : '\n');
    else if (name === 'td' || name === 'th') out.push(' ');
    else if (name === 'img' || name === 'area' || name === 'input') out.push(wordsOfPicture(inside));
    else if (name === 'a') out.push(closes ? behindWords(links.pop() ?? null, out) : remember(links, inside));
  }
  put(text.slice(at));
  return out.join('');
}

/** The words that stand for a picture; a name that a camera gave is none. */
function wordsOfPicture(inside: string): string {
  const words = decodeEntities(attribute(inside, 'alt') || attribute(inside, 'title')).trim();
  return words === '' || /^\S+\.(?:jpe?g|png|gif|webp|svg)$/i.test(words) ? '' : ` ${words} `;
}

function remember(links: (string | null)[], inside: string): string {
  const to = decodeEntities(attribute(inside, 'href')).trim();
  const [, scheme = '', rest = ''] = /^(https?:\/\/|mailto:|tel:)(.*)$/is.exec(to) ?? [];
  if (scheme === '') links.push(null);
  else links.push(/^http/i.test(scheme) ? to : decoded(rest.split(/[?;]/)[0] ?? ''));
  return '';
}

/** 'team%40example.org' is how a link may write an address. */
function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

/** ' (https://…)', unless the words say it already. */
function behindWords(href: string | null, out: readonly string[]): string {
  if (href === null || href === '') return '';
  const bare = href.replace(/^https?:\/\/(www\.)?/i, '').replace(/\/$/, '');
  const said = out.slice(-6).join('').slice(-600);
  const digits = bare.replace(/\D/g, '').slice(-9);
  const isDialled = /^\+?[\d\s()-]{6,20}$/.test(bare) && said.replace(/\D/g, '').includes(digits);
  return isDialled || said.includes(bare) ? '' : ` (${href})`;
}
