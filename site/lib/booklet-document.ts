import type * as Docx from 'docx';
import type { BookletEntry, BookletLine, BookletWords } from './booklet-words.ts';

/**
 * A booklet as a file for a word processor. Its headings are headings and its languages are marked, so that what reads aloud
 * and what lists the headings of a document work as they do on the page. The package that writes such files is read with the
 * first that somebody asks for.
 */

/** Half points. */
const SIZE = 18;
const ENTRY_SIZE = 20;
const SUBJECT_SIZE = 24;
const TITLE_SIZE = 36;
const DEEP = '17544F';
const MUTED = '4A5A58';
/** Twentieths of a point in a millimetre. */
const MM = 56.7;
const PAPER = {
  a4: { width: 210, height: 297, margin: 11, columns: 3 },
  a5: { width: 148, height: 210, margin: 9, columns: 2 },
} as const;

const twips = (millimetres: number): number => Math.round(millimetres * MM);

/** What XML cannot hold, such as a form feed that came with a copied text, is a blank. */
const sound = (words: string): string => words.replaceAll(/[\p{Cc}\uFFFE\uFFFF]|\p{Cs}/gu, ' ');

/** A word processor takes no hyphens in the name of a spot. */
const bookmark = (code: string): string => code.replaceAll('-', '_');

const isFromRight = (lang: string | undefined): boolean => {
  if (!lang) return false;
  return new Intl.Locale(lang).getTextInfo().direction === 'rtl';
};

/** Writes the words in their order. */
class Writer {
  readonly #docx: typeof Docx;
  readonly #origin: string | null;

  constructor(docx: typeof Docx, origin: string | null) {
    this.#docx = docx;
    this.#origin = origin;
  }

  run({ words, weight, lang }: BookletLine): Docx.TextRun {
    const right = isFromRight(lang);
    return new this.#docx.TextRun({
      text: sound(words),
      bold: weight === 'loud',
      ...(weight === 'quiet' && { color: MUTED }),
      ...(lang && { language: right ? { bidirectional: lang } : { value: lang } }),
      ...(right && { rightToLeft: true }),
    });
  }

  line(line: BookletLine, follows: boolean): Docx.Paragraph {
    return new this.#docx.Paragraph({
      children: [this.run(line)],
      bidirectional: isFromRight(line.lang),
      // A listing is not parted by the end of a column.
      keepLines: true,
      keepNext: follows,
    });
  }

  entry({ id, name, lines }: BookletEntry): Docx.Paragraph[] {
    const { ExternalHyperlink, HeadingLevel, Paragraph } = this.#docx;
    const run = this.run(name);
    const link = `${this.#origin}/services/${id}`;
    return [
      new Paragraph({
        heading: HeadingLevel.HEADING_3,
        bidirectional: isFromRight(name.lang),
        children: [this.#origin === null ? run : new ExternalHyperlink({ link, children: [run] })],
      }),
      ...lines.map((line, index) => this.line(line, index < lines.length - 1)),
    ];
  }
}

/** Styles: the letters of the whole, and of each kind of heading. */
function stylesOf(): Docx.IStylesOptions {
  const heading = (size: number, before: number) => ({
    run: { size, bold: true, color: DEEP },
    paragraph: { spacing: { before, after: 40 }, keepNext: true, keepLines: true },
  });
  return {
    default: {
      document: {
        run: { font: 'Arial', size: SIZE, language: { value: 'en-GB' } },
        paragraph: { spacing: { after: 20 } },
      },
      heading1: heading(TITLE_SIZE, 0),
      heading2: heading(SUBJECT_SIZE, 200),
      heading3: { ...heading(ENTRY_SIZE, 120), run: { size: ENTRY_SIZE, bold: true, color: '000000' } },
      hyperlink: { run: { color: DEEP, underline: {} } },
    },
  };
}

/**
 * Writes the file.
 * @param paper on what it is printed
 * @param origin where its links lead, without a slash at the end; null where that is not known, and none is linked
 * @param author who made it, as the properties of the file say
 */
export async function bookletDocument(
  words: BookletWords,
  { paper, origin, author }: { paper: keyof typeof PAPER; origin: string | null; author: string },
): Promise<Uint8Array<ArrayBuffer>> {
  const docx = await import('docx');
  const {
    Bookmark,
    Document,
    Footer,
    HeadingLevel,
    InternalHyperlink,
    Packer,
    PageNumber,
    Paragraph,
    SectionType,
    TextRun,
  } = docx;
  const writer = new Writer(docx, origin);
  const { width, height, margin, columns } = PAPER[paper];
  const footer = new Footer({
    children: [
      new Paragraph({
        alignment: 'right',
        children: [new TextRun({ children: [PageNumber.CURRENT, ' of ', PageNumber.TOTAL_PAGES] })],
      }),
    ],
  });
  const properties = (count: number): Docx.ISectionPropertiesOptions => ({
    type: SectionType.CONTINUOUS,
    page: {
      size: { width: twips(width), height: twips(height) },
      margin: {
        top: twips(margin),
        left: twips(margin),
        right: twips(margin),
        bottom: twips(margin + 4),
        header: twips(5),
        footer: twips(5),
      },
    },
    column: { count, space: twips(5), equalWidth: true },
  });
  const section = (count: number, children: Docx.Paragraph[]): Docx.ISectionOptions => ({
    properties: properties(count),
    footers: { default: footer },
    children,
  });
  const { title, head, none, contents, subjects, foot } = words;
  const beginning = [
    new Paragraph({ heading: HeadingLevel.HEADING_1, children: [new TextRun(sound(title))] }),
    ...head.map(
      ({ loud, words: rest }) =>
        new Paragraph({
          children: [...(loud ? [new TextRun({ text: `${sound(loud)} `, bold: true })] : []), new TextRun(sound(rest))],
        }),
    ),
    ...(none === null ? [] : [new Paragraph(none)]),
    ...(subjects.length > 1
      ? [
          new Paragraph({ heading: HeadingLevel.HEADING_2, children: [new TextRun(contents)] }),
          ...subjects.map(
            ({ code, name, entries }) =>
              new Paragraph({
                children: [
                  new InternalHyperlink({
                    anchor: bookmark(code),
                    children: [new TextRun({ text: name, style: 'Hyperlink' })],
                  }),
                  new TextRun(` (${entries.length})`),
                ],
              }),
          ),
        ]
      : []),
  ];
  const document = new Document({
    title: sound(title),
    creator: sound(author),
    styles: stylesOf(),
    sections: [
      section(1, beginning),
      ...subjects.flatMap(({ code, name, entries }) => [
        section(1, [
          new Paragraph({
            heading: HeadingLevel.HEADING_2,
            children: [new Bookmark({ id: bookmark(code), children: [new TextRun(name)] })],
          }),
        ]),
        section(
          columns,
          entries.flatMap((entry) => writer.entry(entry)),
        ),
      ]),
      section(1, [writer.line({ words: foot, weight: 'quiet' }, false)]),
    ],
  });
  return Uint8Array.from(await Packer.toBuffer(document));
}
