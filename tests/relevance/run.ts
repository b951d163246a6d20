import { interval } from './bootstrap.ts';
import { type Directory, type DirectoryName, openDirectory, SECTIONS } from './directory.ts';
import { type JudgedSet, readJudgements } from './judgements.ts';
import { type Figures, FLOORS, figures, type Measured, measure, reaches } from './measure.ts';

/**
 * `npm run relevance`: asks every judged query, by words alone and with what they mean, and prints how good the answers are: by
 * theme, overall with how sure that is, and the queries that went worst. `npm run relevance -- 'bad back'` prints the queries with
 * those words, whole.
 */

/** How many of the worst are shown. */
const WORST = 25;

const SETS: readonly { set: JudgedSet; directory: DirectoryName; heading: string }[] = [
  { set: 'judgements', directory: 'sample', heading: 'The judged queries' },
  { set: 'held-out', directory: 'sample', heading: 'Held out: not tuned to, and without a floor' },
  { set: 'development', directory: 'development', heading: 'Another directory: seen while meaning was developed' },
  { set: 'test', directory: 'test', heading: 'A third directory: written last, scored once' },
];

const share = (value: number | null): string => (value === null || Number.isNaN(value) ? '    -' : value.toFixed(3));

function row(
  name: string,
  { queries, ndcg, ndcgWidest, success, violations, ndcgOneList, successOneList }: Figures,
): string {
  const numbers = [
    String(queries).padStart(7),
    share(ndcg).padStart(8),
    share(ndcgWidest).padStart(8),
    share(success).padStart(10),
    String(violations).padStart(9),
    share(ndcgOneList).padStart(10),
    share(successOneList).padStart(10),
  ];
  return `${name.slice(0, 60).padEnd(61)}${numbers.join('')}`;
}

/** The means of a set, each with the interval in which it lies in 95 of 100 draws. */
function summary(name: string, measured: readonly Measured[]): string {
  const values = (of: (it: Measured) => number | boolean | null) =>
    measured.map(of).flatMap((it) => (it === null ? [] : [Number(it)]));
  const said = (label: string, each: readonly number[]) => {
    const between = interval(each);
    const mean = each.reduce((sum, value) => sum + value, 0) / each.length;
    return between ? `${label} ${share(mean)} (${share(between[0])} to ${share(between[1])})` : '';
  };
  const nothing = measured.filter(({ judged }) => judged.nothing);
  const clean = nothing.filter(({ violations }) => violations.length === 0).length;
  const wrong = measured.filter(({ judged, violations }) => !judged.nothing && violations.length > 0).length;
  return [
    `${name}:`,
    said(
      'success@3',
      values((it) => it.successOneList),
    ),
    said(
      'in its section',
      values((it) => it.success),
    ),
    said(
      'nDCG@10',
      values((it) => it.ndcgOneList),
    ),
    said(
      'in its section',
      values((it) => it.ndcg),
    ),
    `a wrong match for ${wrong} of ${measured.length - nothing.length}`,
    nothing.length > 0 ? `nothing where nothing fits for ${clean} of ${nothing.length}` : '',
  ]
    .filter(Boolean)
    .join('\n  ');
}

function story({ judged, ndcg, success, violations, came, searchedFor }: Measured, shown: number): string {
  const lines = [
    `${share(ndcg)}${success === false ? ' MISSED' : ''}  ${judged.query}${judged.near ? ` near ${judged.near}` : ''}` +
      (searchedFor === null ? '' : `  [searched for: ${searchedFor}]`),
  ];
  for (const section of SECTIONS) {
    const marked = came[section].slice(0, shown).map((name) => `${judged.grades.get(name) ?? '-'} ${name}`);
    if (marked.length > 0) lines.push(`         ${section.padEnd(6)} ${marked.join(' | ')}`);
  }
  const all = SECTIONS.flatMap((section) => came[section]);
  const missing = [...judged.grades].filter(([name, grade]) => grade >= 2 && !all.includes(name));
  if (missing.length > 0)
    lines.push(`         missed ${missing.map(([name, grade]) => `${grade} ${name}`).join(' | ')}`);
  if (violations.length > 0) lines.push(`         WRONG  ${violations.join(' | ')}`);
  return lines.join('\n');
}

async function measureAll(directory: Directory, set: JudgedSet): Promise<Measured[]> {
  const measured: Measured[] = [];
  for (const judged of readJudgements(set)) measured.push(await measure(directory, judged));
  return measured;
}

/** Milliseconds that a query takes, the first time that it is asked and again, in the middle. */
async function times(directory: Directory, set: JudgedSet): Promise<string> {
  const queries = readJudgements(set);
  const middle = async (): Promise<number> => {
    const each: number[] = [];
    for (const { query, near } of queries) each.push(await directory.time(query, near));
    return each.sort((a, b) => a - b)[Math.floor(each.length / 2)]!;
  };
  return `a query takes ${(await middle()).toFixed(3)} ms, and ${(await middle()).toFixed(3)} ms when asked again`;
}

const only = process.argv[2];
const judged: Measured[] = [];
for (const { set, directory: name, heading } of SETS) {
  const directory = openDirectory(name);
  if (only !== undefined) {
    for (const one of readJudgements(set).filter(({ query }) => query.includes(only)))
      console.log(story(await measure(directory, one), 10));
    continue;
  }
  const measured = await measureAll(directory, set);
  if (set === 'judgements') judged.push(...measured);
  console.log(`${heading.padEnd(61)}queries nDCG@10  /20 mi success@3 must not (one list: nDCG, success)`);
  for (const theme of new Set(measured.map((it) => it.judged.theme)))
    console.log(row(theme, figures(measured.filter((it) => it.judged.theme === theme))));
  console.log(summary('With what words mean', measured));
  console.log(`  ${await times(openDirectory(name), set)}`);
  const alone = openDirectory(name, false);
  console.log(summary('By words alone', await measureAll(alone, set)));
  console.log(`  ${await times(openDirectory(name, false), set)}\n`);
}

if (only === undefined) {
  const badness = (it: Measured) => (it.violations.length > 0 ? -1 : 0) + (it.ndcg ?? 1);
  const worst = judged
    .filter((it) => it.violations.length > 0 || (it.ndcg ?? 1) < 1)
    .sort((a, b) => badness(a) - badness(b))
    .slice(0, WORST);
  console.log('The worst of the judged queries (grade, name: 3 must, 2 good, 1 may, - not judged):');
  for (const it of worst) console.log(story(it, 5));
  if (!reaches(figures(judged))) {
    console.log(
      `\nNot good enough: nDCG@10 of ${FLOORS.ndcg}, success@3 of ${FLOORS.success} and nothing that must not come are asked for.`,
    );
    process.exitCode = 1;
  }
}
