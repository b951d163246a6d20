import { type Directory, FIRST, SECTIONS, type Sections, WIDEST } from './directory.ts';
import { GRADES, type Judged } from './judgements.ts';

/**
 * How good the first ten are.
 *
 * nDCG@10: every listing among the first ten gives 2^grade - 1, divided by log2(rank + 1); the sum is divided by that of
 * the best order there could be (Järvelin and Kekäläinen 2002, with the gain of Burges et al. 2005). A person sees
 * places, what comes to them, and what is online under headings of their own, so ranks are counted within a section, and
 * the sums of the sections are added up before they are divided.
 *
 * The best order is that of what lies in the circle in force, which is as small as ten venues allow (docs/ranking.md). Whether
 * the circle leaves out what would help most is told by success@3, and by the same nDCG against the widest circle.
 *
 * success@3: something that must come or is good, if there is any within the widest circle, stands among the first three
 * of a section.
 *
 * As a check on the sections themselves both are also taken over the one list that the API gives.
 */
export interface Measured {
  judged: Judged;
  /** Null where nothing is to be found: there a query can only go wrong. */
  ndcg: number | null;
  ndcgWidest: number | null;
  success: boolean | null;
  ndcgOneList: number | null;
  successOneList: boolean | null;
  /** Listings that are said to match and must not. */
  violations: string[];
  came: Sections;
  searchedFor: string | null;
}

export interface Figures {
  queries: number;
  ndcg: number;
  ndcgWidest: number;
  success: number;
  violations: number;
  ndcgOneList: number;
  successOneList: number;
}

const gain = (grade: number): number => 2 ** grade - 1;

const discounted = (grades: readonly number[]): number =>
  grades.slice(0, FIRST).reduce((sum, grade, at) => sum + gain(grade) / Math.log2(at + 2), 0);

const best = (grades: readonly number[]): number => discounted([...grades].sort((a, b) => b - a));

/**
 * Asks one judged query.
 * @throws Error where a judgement names a listing that is not there, or one that cannot be found from its place
 */
export async function measure(directory: Directory, judged: Judged): Promise<Measured> {
  const { grades, not, nothing } = judged;
  for (const name of [...grades.keys(), ...not])
    if (!directory.names.has(name)) throw new Error(`'${judged.query}' judges '${name}', which no listing is called.`);
  const { sections: came, list, matches, answer } = await directory.ask(judged.query, judged.near);
  const widest = await directory.within(judged.near, WIDEST);
  const within = await directory.within(judged.near, answer.radius_m);
  const findable = new Set(SECTIONS.flatMap((section) => widest[section]));
  const lost = [...grades.keys()].filter((name) => !findable.has(name));
  if (lost.length > 0)
    throw new Error(`'${judged.query}' near ${judged.near} wants what does not serve that place: ${lost.join(' | ')}`);

  const gradeOf = (name: string) => grades.get(name) ?? 0;
  const wanted = SECTIONS.filter((section) => widest[section].some((name) => gradeOf(name) > 0));
  const sum = (amount: (section: (typeof SECTIONS)[number]) => number) =>
    wanted.reduce((total, section) => total + amount(section), 0);
  const reached = sum((section) => discounted(came[section].map(gradeOf)));
  const idealWidest = sum((section) => best(widest[section].map(gradeOf)));
  // Where the circle holds nothing that helps, it is the circle that is at fault.
  const ideal = sum((section) => best(within[section].map(gradeOf))) || idealWidest;
  const isGood = (name: string) => gradeOf(name) >= GRADES.good;
  const empty = nothing || ideal === 0;
  return {
    judged,
    ndcg: empty ? null : reached / ideal,
    ndcgWidest: empty ? null : reached / idealWidest,
    success: empty ? null : wanted.some((section) => came[section].slice(0, 3).some(isGood)),
    ndcgOneList: empty ? null : discounted(list.map(gradeOf)) / best([...grades.values()]),
    successOneList: empty ? null : list.slice(0, 3).some(isGood),
    violations: matches.filter((name) => not.has(name) || (nothing && gradeOf(name) === 0)),
    came,
    searchedFor: answer.searched_for,
  };
}

const mean = (values: readonly (number | boolean | null)[]): number => {
  const counted = values.filter((value) => value !== null).map(Number);
  return counted.length === 0 ? Number.NaN : counted.reduce((sum, value) => sum + value, 0) / counted.length;
};

/** The means over some queries; NaN where none of them has anything to find. */
export const figures = (measured: readonly Measured[]): Figures => ({
  queries: measured.length,
  ndcg: mean(measured.map((it) => it.ndcg)),
  ndcgWidest: mean(measured.map((it) => it.ndcgWidest)),
  success: mean(measured.map((it) => it.success)),
  violations: measured.reduce((sum, it) => sum + it.violations.length, 0),
  ndcgOneList: mean(measured.map((it) => it.ndcgOneList)),
  successOneList: mean(measured.map((it) => it.successOneList)),
});

/** What the search must reach over all judged queries. */
export const FLOORS = { ndcg: 0.9, success: 0.97, violations: 0 } as const;

export const reaches = ({ ndcg, success, violations }: Figures): boolean =>
  ndcg >= FLOORS.ndcg && success >= FLOORS.success && violations <= FLOORS.violations;
