import { lookUp } from '../../domain/look-up.ts';

/**
 * Markup to plain words. One pass from left to right, so that a text of any shape takes time in proportion to its length.
 */

/** Their content is no text for people. */
const UNREAD = new Set(['script', 'style', 'iframe', 'object', 'embed', 'template', 'noscript', 'svg', 'math', 'head']);
const PARAGRAPHS = new Set(
  'p div ul ol table section article blockquote h1 h2 h3 h4 h5 h6 header footer dl pre form'.split(' '),
);
const LINES = new Set(['br', 'li', 'tr', 'dt', 'dd', 'hr', 'option']);

const ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  hellip: '…',
  bull: '•',
  middot: '·',
  pound: '£',
  euro: '€',
  copy: '©',
  reg: '®',
  trade: '™',
  deg: '°',
  frac12: '½',
  frac14: '¼',
  frac34: '¾',
  times: '×',
  eacute: 'é',
  egrave: 'è',
  acirc: 'â',
  ecirc: 'ê',
  icirc: 'î',
  ocirc: 'ô',
  ucirc: 'û',
  wcirc: 'ŵ',
  ycirc: 'ŷ',
  Wcirc: 'Ŵ',
  Ycirc: 'Ŷ',
  ccedil: 'ç',
  ntilde: 'ñ',
  uuml: 'ü',
  ouml: 'ö',
  auml: 'ä',
  shy: '',
  zwnj: '',
  ensp: ' ',
  emsp: ' ',
  thinsp: ' ',
};

const ENTITY = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z][a-zA-Z0-9]{1,11}));/g;
/** A tag as it begins: what stands after a '<' that is no 'less than'. */
const TAG = /<(?:\/?[a-zA-Z][a-zA-Z0-9:-]*(?=[\s/>]|$)|!--|!doctype|\?xml)/i;

/** Whether there is a tag or a comment in it. */
const hasTags = (text: string): boolean => TAG.test(text);
/** Whether there is anything in it that is not what it says. */
export const hasMarkup = (text: string): boolean => hasTags(text) || decodeEntities(text) !== text;

/** Whether a program that showed it as HTML would run or fetch something. */
export const isArmed = (text: string): boolean =>
  /<\s*\/?\s*(?:script|iframe|object|embed|svg|math|style|link|meta|base|form)\b/i.test(text) ||
  /<[a-z][^<>]{0,2000}\son[a-z]{3,20}\s*=/i.test(text) ||
  /(?:java|vb)script\s*:/i.test(text) ||
  /data:text\/html/i.test(text);

function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(ENTITY, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return lookUp(ENTITIES, name) ?? whole;
    const point = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    if (point === 0xa0) return ' ';
    return point > 0 && point <= 0x10ffff && !(point >= 0xd800 && point < 0xe000) ? String.fromCodePoint(point) : whole;
  });
}

/**
 * The words of a text with markup: paragraphs apart by a blank line, items of lists on lines of their own, the address of
 * a link behind its words. What was encoded twice is decoded twice.
 */
export function toText(markup: string): string {
  let text = markup;
  for (let round = 0; round < 3 && hasMarkup(text); round++)
    text = decodeEntities(hasTags(text) ? withoutTags(text) : text);
  return tidyLines(hasTags(text) ? withoutTags(text) : text);
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
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('<', at);
    if (open === -1) break;
    out.push(text.slice(at, open));
    const tag = TAG.exec(text.slice(open, open + 64));
    if (tag?.index !== 0) {
      out.push('<');
      at = open + 1;
      continue;
    }
    if (tag[0] === '<!--') {
      at = after(text, '-->', open);
      continue;
    }
    const end = endOfTag(text, open);
    const inside = text.slice(open + 1, end - 1);
    const closes = inside.startsWith('/');
    const name = (/^\/?([a-z0-9:-]+)/i.exec(inside)?.[1] ?? '').toLowerCase();
    at = end;
    if (UNREAD.has(name) && !closes && !inside.endsWith('/')) {
      const close = text.toLowerCase().indexOf(`</${name}`, end);
      at = close === -1 ? text.length : endOfTag(text, close);
    } else if (PARAGRAPHS.has(name)) out.push('\n\n');
    else if (LINES.has(name)) out.push(name === 'li' ? (closes ? '' : '\n- ') : closes ? '' : '\n');
    else if (name === 'td' || name === 'th') out.push(' ');
    else if (name === 'a') out.push(closes ? behindWords(links.pop() ?? null, out) : remember(links, inside));
  }
  out.push(text.slice(at));
  return out.join('');
}

const after = (text: string, mark: string, from: number): number => {
  const found = text.indexOf(mark, from);
  return found === -1 ? text.length : found + mark.length;
};

/** Past the '>' that ends a tag, quoted values skipped; the end of the text where the tag was cut off. */
function endOfTag(text: string, from: number): number {
  let quote = '';
  for (let at = from + 1; at < text.length; at++) {
    const character = text[at] as string;
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if ((character === '"' || character === "'") && text[at - 1] === '=') quote = character;
    else if (character === '>') return at + 1;
  }
  // A quote that never ends would swallow the rest.
  const plain = quote === '' ? -1 : text.indexOf('>', from);
  return plain === -1 ? text.length : plain + 1;
}

function remember(links: (string | null)[], inside: string): string {
  const href = /\shref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i.exec(inside);
  const to = decodeEntities(href?.[1] ?? href?.[2] ?? href?.[3] ?? '').trim();
  links.push(/^(https?:\/\/|mailto:|tel:)/i.test(to) ? to.replace(/^(mailto|tel):/i, '') : null);
  return '';
}

/** ' (https://…)', unless the words say it already. */
function behindWords(href: string | null, out: readonly string[]): string {
  if (href === null) return '';
  const bare = href.replace(/^https?:\/\/(www\.)?/i, '').replace(/\/$/, '');
  return out.slice(-6).join('').includes(bare) ? '' : ` (${href})`;
}
