/**
 * Which '<' begins a tag. People write '<https://example.org>', '<free>' and 'under 5 <' too: only what HTML knows, or what
 * is closed again, is one.
 */

interface Tag {
  /** In small letters. */
  name: string;
  closes: boolean;
  /** What stands between '<' and '>'. */
  inside: string;
  /** Where the text goes on. */
  end: number;
}

/** Elements of HTML, those of former days among them (HTML Living Standard, 'Index of elements' and 'Obsolete features'). */
const ELEMENTS = new Set(
  (
    'a abbr address area article aside audio b base bdi bdo blockquote body br button canvas caption cite code col colgroup ' +
    'data datalist dd del details dfn dialog div dl dt em embed fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head ' +
    'header hgroup hr html i iframe img input ins kbd label legend li link main map mark math menu meta meter nav noscript ' +
    'object ol optgroup option output p param picture pre progress q rp rt ruby s samp script search section select slot small ' +
    'source span strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr track u ul var ' +
    'video wbr acronym applet big center dir font frame frameset marquee nobr noframes strike tt'
  ).split(' '),
);
/** Words that people put into angle brackets themselves: tags where they have attributes or are closed. */
const ALSO_WORDS = new Set(
  'address area audio button caption code data details dialog input label legend main map mark menu search section select slot source summary table time title track video'.split(
    ' ',
  ),
);
/** What word processors leave behind: '<o:p>'. */
const OF_OFFICE = /^(?:o|v|w|m|x|st1):[a-z]/;

const BEGINNING = /^<(\/?)([a-zA-Z][a-zA-Z0-9:-]*)(?=[\s/>]|$)/;
const DECLARATION = /^<(?:!--|!doctype|\?xml)/i;
const HAS_ATTRIBUTE = /\s[a-z][a-z-]{0,30}\s{0,3}=/i;
/** 'a<b and b>c': what stands behind the name is words, each without a value, and none that HTML knows to stand alone. */
const WORDS_BEHIND =
  /^<[a-z]+((?:\s+(?!(?:allowfullscreen|async|autofocus|autoplay|checked|controls|compact|default|defer|disabled|download|hidden|inert|ismap|itemscope|loop|multiple|muted|nomodule|noshade|novalidate|nowrap|open|readonly|required|reversed|selected)\b)[a-z]+){1,20})\s*>/i;
/** Characters of a tag that are looked at to tell that it is one. */
const LOOKED_AT = 200;

/** Past the '>' that ends a tag, quoted values skipped; the end of the text where the tag was cut off. */
export function endOfTag(text: string, from: number): number {
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

/** The value of an attribute; '' where there is none. */
export function attribute(inside: string, name: 'href' | 'alt' | 'title'): string {
  const found = new RegExp(`\\s${name}\\s{0,3}=\\s{0,3}(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(inside);
  return found?.[1] ?? found?.[2] ?? found?.[3] ?? '';
}

export interface TagReader {
  /** The tag that a '<' begins; null where it begins none. */
  at(open: number): Tag | null;
  /** Where an element is closed last; -1 where it never is. */
  lastClosing(name: string): number;
}

/** Reads the tags of a text. */
export function tagReader(text: string): TagReader {
  let closings: Map<string, number> | null = null;
  const lastClosing = (name: string): number => {
    closings ??= new Map(
      [...text.matchAll(/<\/([a-zA-Z][a-zA-Z0-9:-]{0,40})/g)].map(({ 1: found = '', index }) => [
        found.toLowerCase(),
        index,
      ]),
    );
    return closings.get(name) ?? -1;
  };
  const isTag = (name: string, head: string): boolean => {
    if (OF_OFFICE.test(name)) return true;
    if (name.includes(':')) return false;
    if (ELEMENTS.has(name) && !ALSO_WORDS.has(name)) return !WORDS_BEHIND.test(head) || lastClosing(name) !== -1;
    return HAS_ATTRIBUTE.test(head) || lastClosing(name) !== -1;
  };
  return {
    lastClosing,
    at(open) {
      const head = text.slice(open, open + LOOKED_AT);
      const [declaration] = DECLARATION.exec(head) ?? [];
      if (declaration === '<!--') {
        const end = text.indexOf('-->', open);
        return { name: '', closes: false, inside: '', end: end === -1 ? text.length : end + 3 };
      }
      const [, slash, given = ''] = BEGINNING.exec(head) ?? [];
      const name = given.toLowerCase();
      if (declaration === undefined && (given === '' || !isTag(name, head))) return null;
      const end = endOfTag(text, open);
      return { name, closes: slash === '/', inside: text.slice(open + 1, end - 1), end };
    },
  };
}

/** Whether there is a tag or a comment in it. */
export function hasTags(text: string): boolean {
  const tags = tagReader(text);
  for (let open = text.indexOf('<'); open !== -1; open = text.indexOf('<', open + 1))
    if (tags.at(open) !== null) return true;
  return false;
}
