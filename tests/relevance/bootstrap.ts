/**
 * How sure a mean over judged queries is: the mean of as many queries drawn from them again and again, each as often as chance
 * has it, lies between these in 95 of 100 cases (the percentile bootstrap, Efron and Tibshirani 1993).
 */
const DRAWS = 1000;

/** @returns null where there is nothing to take the mean of */
export function interval(values: readonly number[]): readonly [low: number, high: number] | null {
  if (values.length === 0) return null;
  // The same numbers in every run, so that figures change with the search alone.
  let state = 12_345;
  const below = (limit: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  const means = Float64Array.from({ length: DRAWS }, () => {
    let sum = 0;
    for (let k = 0; k < values.length; k++) sum += values[below(values.length)]!;
    return sum / values.length;
  }).sort();
  return [means[Math.floor(DRAWS * 0.025)]!, means[Math.ceil(DRAWS * 0.975) - 1]!];
}
