import { openDirectory, SECTIONS } from './directory.ts';
import { readJudgements } from './judgements.ts';
import { type Figures, FLOORS, figures, type Measured, measure, reaches } from './measure.ts';

/**
 * `npm run relevance`: asks every judged query of the sample directory and prints how good the answers are, by theme and
 * overall, with the queries that went worst. `npm run relevance -- 'bad back'` prints the queries with those words, whole.
 */

/** How many of the worst are shown. */
const WORST = 25;

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

const directory = openDirectory();
const only = process.argv[2];
const judgements = readJudgements().filter(({ query }) => only === undefined || query.includes(only));
const measured: Measured[] = [];
for (const judged of judgements) measured.push(await measure(directory, judged));

if (only !== undefined) {
  for (const it of measured) console.log(story(it, 10));
  process.exit(0);
}

const overall = figures(measured);
console.log(`${''.padEnd(61)}queries nDCG@10  /20 mi success@3 must not (one list: nDCG, success)`);
for (const theme of new Set(measured.map(({ judged }) => judged.theme)))
  console.log(row(theme, figures(measured.filter(({ judged }) => judged.theme === theme))));
console.log(row('All', overall));
console.log('\nNot tuned to, and without a floor:');
const fresh: Measured[] = [];
for (const judged of readJudgements('held-out')) fresh.push(await measure(directory, judged));
for (const theme of new Set(fresh.map(({ judged }) => judged.theme)))
  console.log(row(theme, figures(fresh.filter(({ judged }) => judged.theme === theme))));

const badness = (it: Measured) => (it.violations.length > 0 ? -1 : 0) + (it.ndcg ?? 1);
const worst = measured
  .filter((it) => it.violations.length > 0 || (it.ndcg ?? 1) < 1)
  .sort((a, b) => badness(a) - badness(b))
  .slice(0, WORST);
console.log('\nThe worst (grade, name: 3 must, 2 good, 1 may, - not judged):');
for (const it of worst) console.log(story(it, 5));

if (!reaches(overall)) {
  console.log(
    `\nNot good enough: nDCG@10 of ${FLOORS.ndcg}, success@3 of ${FLOORS.success} and nothing that must not come are asked for.`,
  );
  process.exitCode = 1;
}
