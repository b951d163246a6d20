import { readExamples } from '#api/routes/examples.ts';

/** The worked examples of the page for developers: those of data/examples, which the tests run. */

export interface Worked {
  title: string;
  request: string;
  status: number;
  /** The answer as it is sent, laid out to be read. */
  answer: string;
}

/** Longer answers are cut: the whole one is a click away. */
const MOST_LINES = 90;

const worked = ({ title, request, status, answer }: ReturnType<typeof readExamples>[number]['example']): Worked => {
  const lines = (
    Array.isArray(answer)
      ? answer.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n')
      : JSON.stringify(answer, null, 2)
  ).split('\n');
  const cut = lines.length > MOST_LINES ? [...lines.slice(0, MOST_LINES), '…'] : lines;
  return { title, request, status, answer: cut.join('\n') };
};

let known: { openReferral: Worked[]; downloads: Worked[] } | undefined;

/** The examples of Open Referral UK, and those of spreadsheets and points. */
export function workedExamples(): NonNullable<typeof known> {
  known ??= {
    openReferral: readExamples('openreferral').map(({ example }) => worked(example)),
    downloads: readExamples()
      .filter(({ example }) => /\.(csv|geojson)(\?|$)/.test(example.request))
      .map(({ example }) => worked(example)),
  };
  return known;
}
