import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bookletDocument } from '../../site/lib/booklet-document.ts';
import { type Site, startSite } from '../helpers/site.ts';

/** The booklet as a file for a word processor, read back. */

let site: Site;
beforeAll(async () => {
  site = await startSite({ SITE_URL: 'https://signpost.example.org' });
});
afterAll(() => site?.stop());

const decoded = (text: string): string =>
  text
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
const flat = (text: string): string => decoded(text).replaceAll(/\s+/g, ' ').trim();

interface Read {
  /** The paragraphs that say something, in their order. */
  paragraphs: { words: string; style: string | null; xml: string }[];
  parts: Record<string, string>;
}

function readBack(file: Uint8Array): Read {
  const parts = Object.fromEntries(
    Object.entries(unzipSync(file)).map(([name, bytes]) => [name, Buffer.from(bytes).toString('utf8')]),
  );
  const xml = parts['word/document.xml'] ?? '';
  const paragraphs = [...xml.matchAll(/<w:p(?:\s[^>]*)?>(.*?)<\/w:p>/gs)].map(([, inside = '']) => ({
    words: flat([...inside.matchAll(/<w:t(?:\s[^>]*)?>(.*?)<\/w:t>/gs)].map(([, text]) => text).join('')),
    style: /<w:pStyle w:val="(\w+)"/.exec(inside)?.[1] ?? null,
    xml: inside,
  }));
  return { paragraphs: paragraphs.filter(({ words }) => words !== ''), parts };
}

/** What the page that is printed says, in its order. */
const printed = (html: string): string[] =>
  [...html.slice(html.indexOf('class="sp-booklet')).matchAll(/<(h1|h2|h3|p|li)(?:\s[^>]*)?>(.*?)<\/\1>/gs)]
    .map(([, , inside = '']) => flat(inside.replaceAll(/<[^>]*>/g, '')))
    .filter((words) => words !== '');

async function asked(query: string): Promise<{ page: string; file: Response }> {
  const found = await fetch(`${site.origin}/search?${query}`, { redirect: 'manual' });
  const params = new URL(found.headers.get('location') ?? '', site.origin).search;
  const page = await (await fetch(`${site.origin}/booklet${params}`)).text();
  return { page, file: await fetch(`${site.origin}/booklet.docx${params}`, { redirect: 'manual' }) };
}

describe('from a search', () => {
  test('it says what the printed one says, word by word, under headings that can be gone through', async () => {
    const { page, file } = await asked('postcode=E8+1EA');
    expect(page).toContain('The same as a file for Word or LibreOffice');
    expect(file.headers.get('content-type')).toContain('wordprocessingml.document');
    expect(file.headers.get('content-disposition')).toBe('attachment; filename="booklet.docx"');
    expect(file.headers.get('cache-control')).toBe('no-store');
    const { paragraphs, parts } = readBack(new Uint8Array(await file.arrayBuffer()));
    expect(paragraphs.length).toBeGreaterThan(300);
    const until = (words: string[]) =>
      words.slice(0, words.findIndex((each) => /Whose word each listing is/.test(each)) + 1);
    expect(paragraphs.map(({ words }) => words)).toEqual(until(printed(page)));
    // One title, subjects under it, listings under these: none is left out.
    const levels = paragraphs.flatMap(({ style }) => (style?.startsWith('Heading') ? [Number(style.at(-1))] : []));
    expect(levels[0]).toBe(1);
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    for (const [at, level] of levels.entries()) expect(level - (levels[at - 1] ?? 0)).toBeLessThanOrEqual(1);
    expect(levels.filter((level) => level === 3).length).toBeGreaterThanOrEqual(60);
    expect(parts['word/styles.xml']).toMatch(/<w:docDefaults>.*<w:lang w:val="en-GB"/s);
    expect(parts['docProps/core.xml']).toContain('<dc:title>Support near E8 1</dc:title>');
    // Each line of the contents leads to its subject.
    const xml = parts['word/document.xml'] ?? '';
    const anchors = [...xml.matchAll(/w:anchor="(\w+)"/g)].map(([, name]) => name);
    expect(anchors.length).toBeGreaterThan(3);
    for (const name of anchors) expect(xml).toContain(`w:name="${name}"`);
    expect(xml).toMatch(/<w:cols [^>]*w:num="3"/);
    // The postcode that was typed is nowhere in it, and links lead to where people find this copy.
    expect(JSON.stringify(parts)).not.toMatch(/E8 ?1EA/i);
    const links = [...(parts['word/_rels/document.xml.rels'] ?? '').matchAll(/hyperlink" Target="([^"]*)"/g)];
    expect(links.length).toBeGreaterThanOrEqual(60);
    for (const [, link] of links) expect(link).toMatch(/^https:\/\/signpost\.example\.org\/services\/[0-9a-f-]{36}$/);
  });

  test('on half of the paper it has two columns; its cautions come with a clinical listing', async () => {
    const { page, file } = await asked('postcode=E8+1EA&kind=clinical&paper=a5');
    const { paragraphs } = readBack(new Uint8Array(await file.arrayBuffer()));
    const caution = /check/i;
    expect(printed(page).filter((words) => caution.test(words)).length).toBeGreaterThan(1);
    expect(paragraphs.filter(({ words }) => caution.test(words)).length).toBeGreaterThan(1);
  });

  test('none is made where there is nothing, where the place is not known, or where others had better not find it', async () => {
    for (const query of ['postcode=E8+1EA&q=he+hits+me', 'postcode=E8+1EA&q=xyzzyplugh'])
      expect((await asked(query)).file.status).toBe(303);
    const wrong = await fetch(`${site.origin}/booklet.docx?near=wrong`, { redirect: 'manual' });
    expect(wrong.headers.get('location')).toBe('/booklet?near=wrong');
    expect((await asked('postcode=E8+1EA&q=he+hits+me')).page).not.toContain('booklet.docx');
  });
});

describe('the file itself', () => {
  const line = (words: string, lang?: string) => ({ words, weight: 'plain' as const, lang });
  const booklet = (name: string, summary: string, lang?: string) => ({
    title: 'Support everywhere',
    head: [],
    none: null,
    contents: 'What is in it',
    subjects: [
      { code: 'one', name: 'One', entries: [{ id: 'x', name: line(name, lang), lines: [line(summary, lang)] }] },
    ],
    foot: 'Signpost.',
  });
  const made = async (words: ReturnType<typeof booklet>) =>
    readBack(await bookletDocument(words, { paper: 'a5', origin: null, author: 'Signpost' }));

  test('marks each language, and writes those from the right that are', async () => {
    const welsh = (await made(booklet('Clwb cinio', 'Cinio i bawb.', 'cy'))).paragraphs.filter(({ xml }) =>
      xml.includes('w:lang w:val="cy"'),
    );
    expect(welsh.map(({ words }) => words)).toEqual(['Clwb cinio', 'Cinio i bawb.']);
    const urdu = (await made(booklet('چائے', 'سب کے لیے چائے', 'ur'))).paragraphs.filter(({ xml }) =>
      xml.includes('<w:bidi/>'),
    );
    expect(urdu.map(({ words }) => words)).toEqual(['چائے', 'سب کے لیے چائے']);
    for (const { xml } of urdu) expect(xml).toMatch(/<w:rtl\/>.*w:bidi="ur"|w:bidi="ur".*<w:rtl\/>/s);
    // Of words whose language nobody can tell nothing is claimed.
    expect((await made(booklet('Tè', 'Tè', ''))).paragraphs.every(({ xml }) => !xml.includes('<w:lang'))).toBe(true);
  });

  test('holds whatever a listing says, without breaking', async () => {
    const { parts, paragraphs } = await made(booklet('Tea & <cake> "now"', 'A\u000bB\u0000C\ud800D\uffffE ]]> 😀'));
    expect(paragraphs.map(({ words }) => words)).toContain('Tea & <cake> "now"');
    expect(paragraphs.map(({ words }) => words)).toContain('A B C D E ]]> 😀');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(parts['word/document.xml']).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
    expect(parts['word/document.xml']).toMatch(/w:num="2"/);
  });
});
