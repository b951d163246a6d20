/**
 * The first of so many places in a sorted list at which something holds that holds from there on: by halving.
 * @returns the length where it holds nowhere
 */
export function firstWhere(length: number, holds: (at: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
