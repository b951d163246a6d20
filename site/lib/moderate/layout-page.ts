import { plainText } from '#api/import/csv/values.ts';
import { type Found, Layout } from '#api/import/table/layout.ts';
import { TARGETS } from '#api/import/table/targets.ts';
import { choicesOf, staysOpen } from '#api/import/table/words.ts';
import { directory, imports } from '#api/instance.ts';
import { findUpload, type Upload } from '#api/store/uploads.ts';
import { field, formOf, type PageContext, seeOther } from './session.ts';
import { begin, isUnderWay } from './under-way.ts';

/** What every row may be given that no column says, with the question. */
const FOR_ALL = [
  { target: 'organisation', label: 'Who runs them?', hint: 'Left empty: not stated.' },
  { target: 'categories', label: 'Their category', hint: 'Left empty: by the words of each.' },
  { target: 'kind', label: 'What kind of thing are they?', hint: 'Left empty: what is usual in its category.' },
  {
    target: 'area served',
    label: 'For people who live where?',
    hint: 'A council, a county or a nation. Left empty: not said.',
  },
] as const;

/** How a file was understood, to be agreed to or corrected. */
export interface LayoutView {
  upload: Upload;
  found: Found;
  layout: Layout;
  /** What can be chosen for a column. */
  targets: typeof TARGETS;
  forAll: { target: string; label: string; hint: string; choices: readonly string[]; value: string }[];
  words: (Found['words'][number] & { choices: readonly string[]; meaning: string; index: number })[];
  /** Whether something is asked that the page did not show before. */
  asked: boolean;
  troubles: string[];
}

/** What the form says, as far as it is about the sheet that it shows. */
function chosenIn(form: FormData, found: Found): Partial<Layout> {
  const sheet = field(form, 'sheet') || found.sheet;
  const heading = Number(field(form, 'heading')) || found.heading;
  if (sheet !== found.sheet) return { sheet };
  if (heading !== found.heading) return { sheet, heading };
  const words: Layout['words'] = {};
  for (const [index, { target, word }] of found.words.entries()) {
    const meaning = form.get(`w${index}`);
    // What nobody explains stays in words where it can be asked about later.
    if (typeof meaning === 'string' && (meaning.trim() !== '' || !staysOpen(target)))
      words[target] = { ...words[target], [plainText(word) || word]: meaning.trim().slice(0, 200) };
  }
  return {
    sheet,
    heading,
    columns: Object.fromEntries(found.columns.map(({ key, target }, index) => [key, targetIn(form, index) ?? target])),
    down: found.columns.flatMap(({ key }, index) => (form.has(`d${index}`) ? [key] : [])),
    fixed: Object.fromEntries(FOR_ALL.map(({ target }) => [target, field(form, `all ${target}`).slice(0, 200)])),
    words,
  };
}

function targetIn(form: FormData, index: number): string | undefined {
  const chosen = form.get(`c${index}`);
  return typeof chosen === 'string' && (chosen === '' || TARGETS.some(({ target }) => target === chosen))
    ? chosen
    : undefined;
}

/** The address of the page that follows. */
const pageOf = (id: string): string => `/moderate/import/${id}`;

/**
 * The page at /moderate/import/ID/columns, after what its form says has been looked at.
 * @returns where to go on to; null where there is no such file, or nothing to say of its columns
 */
export async function layoutPage(
  context: PageContext & { params: { id?: string | undefined } },
): Promise<Response | LayoutView | null> {
  const id = context.params.id ?? '';
  const { db, now } = directory;
  const form = formOf(context);
  let upload = findUpload(db, id, now().toISOString());
  if (isUnderWay(id)) return seeOther(pageOf(id));
  const before = upload?.found ?? null;
  if (!upload || before === null || upload.done_at !== null) return null;
  const agreed = form !== null && field(form, 'what') === 'go';
  let troubles: string[] = [];
  if (form) {
    const chosen = chosenIn(form, JSON.parse(before) as Found);
    const arranged = await begin(id, () => imports.arrange(id, chosen, agreed));
    if (arranged === null || arranged === 'shown') return seeOther(pageOf(id));
    if (typeof arranged === 'object') troubles = arranged.problems.map(({ words }) => words);
    upload = findUpload(db, id, now().toISOString());
  }
  if (!upload?.found || !upload.layout) return null;
  const found = JSON.parse(upload.found) as Found;
  const layout = Layout.parse(JSON.parse(upload.layout));
  const taken = new Set(found.columns.map(({ target }) => target));
  return {
    upload,
    found,
    layout,
    targets: TARGETS,
    forAll: FOR_ALL.filter(({ target }) => !taken.has(target)).map((it) => ({
      ...it,
      choices: choicesOf(it.target),
      value: layout.fixed[it.target] ?? '',
    })),
    words: found.words.map((word, index) => ({
      ...word,
      index,
      choices: choicesOf(word.target),
      meaning: layout.words[word.target]?.[plainText(word.word) || word.word] ?? '',
    })),
    asked: agreed && troubles.length === 0,
    troubles,
  };
}

/** How it was told what a column is, in words. */
export const BY_WORDS: Readonly<Record<Found['columns'][number]['by'], string>> = {
  name: 'by its heading',
  content: 'by what stands in it',
  before: 'as the last time',
  you: 'as you said',
  nothing: 'not understood',
};
