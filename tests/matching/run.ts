import { readBases } from './bases.ts';
import { judgedPairs } from './judged.ts';
import { type Figures, FLOORS, figures, type Judged, judge } from './measure.ts';
import { makePairs } from './pairs.ts';

/**
 * `npm run matching`: makes pairs of which it is known whether they are one thing, and prints how many are joined rightly
 * and wrongly. `npm run matching -- wrong` prints those that go wrong, with the reasons.
 */

const PAIRS = 1_000;
/** The weights were set on the first. */
const SEEDS = { 'the pairs that the weights were set on': 1, 'held out, one': 7_321, 'held out, two': 90_210 };

const { listings, real } = readBases();
console.log(
  real
    ? `Pairs made from the ${listings.length} listings of the feed beside the project.`
    : `No feed lies beside the project: pairs made from the ${listings.length} listings of the sample directory.`,
);

const share = (value: number): string => value.toFixed(3).padStart(10);
const row = (name: string, it: Figures): string =>
  `${name.padEnd(44)}${String(it.pairs).padStart(6)}${share(it.precision)}${share(it.recall)}${share(it.shown)}` +
  `${String(it.wronglyJoined).padStart(8)}${String(it.missed).padStart(8)}${String(it.askedInVain).padStart(8)}`;

const story = ({ a, b, same, how, found }: Judged): string =>
  [
    `${found.score.toFixed(3)} ${found.verdict.padEnd(9)} ${same ? 'IS ONE' : 'ARE TWO'} (${how})`,
    ...[a, b].map(
      ({ service, organization, locations: [place] }) =>
        `      ${service.name} | ${organization.name} | ${place?.name}, ${place?.address?.address_1}, ${place?.address?.postal_code} | ` +
        service.schedules.map(({ byday, opens_at }) => `${byday} ${opens_at}`).join(', '),
    ),
    ...found.reasons.map(({ words, weight }) => `        ${weight.toFixed(1).padStart(5)}  ${words}`),
  ].join('\n');

console.log(`${''.padEnd(44)} pairs precision    recall     shown   wrong  missed  in vain`);
let good = true;
for (const [name, seed] of Object.entries(SEEDS)) {
  const judged = judge(makePairs(listings, seed, PAIRS));
  const all = figures(judged);
  console.log(row(name, all));
  for (const how of new Set(judged.map((it) => it.how))) {
    const some = judged.filter((it) => it.how === how);
    const { wronglyJoined, askedInVain, missed } = figures(some);
    const words = some[0]?.same
      ? `${some.length - missed} of ${some.length} joined`
      : `${wronglyJoined} of ${some.length} joined, ${askedInVain} shown to a moderator`;
    console.log(`    ${how.padEnd(40)} ${words}`);
  }
  good &&= all.precision >= FLOORS.precision && all.recall >= FLOORS.recall;
  if (process.argv[2] === 'wrong')
    for (const it of judged) if (it.same !== (it.found.verdict === 'same')) console.log(story(it));
}
const natural = judgedPairs(listings);
if (natural.length > 0) {
  // Each pair counts for as many as it was drawn from.
  const sum = (fits: (it: (typeof natural)[number]) => boolean) =>
    natural.filter(fits).reduce((total, { stands }) => total + stands, 0);
  const joined = sum(({ found }) => found.verdict === 'same');
  const right = sum(({ same, found }) => same && found.verdict === 'same');
  const all = sum(({ same }) => same);
  const shown = sum(({ same, found }) => same && found.verdict !== 'different');
  console.log(
    `${'as they stand in the feed, judged by hand'.padEnd(44)}${String(natural.length).padStart(6)}${share(right / joined)}${share(right / all)}${share(shown / all)}`,
  );
  if (process.argv[2] === 'wrong')
    for (const it of natural) if (it.same !== (it.found.verdict === 'same')) console.log(story(it));
}
if (!good) {
  console.log(`\nNot good enough: precision of ${FLOORS.precision} and recall of ${FLOORS.recall} are asked for.`);
  process.exitCode = 1;
}
