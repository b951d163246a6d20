/** Single passes, each timed alone: repeating one query until it is warm flatters by two or three times. */

export interface Timing {
  median: number;
  p99: number;
  /** Mean time of the processor itself: what a machine shared with others says more truly than its clock. */
  cpu: number;
}

/** Median and 99th percentile in microseconds of one run each. */
export function time<T>(inputs: readonly T[], run: (input: T) => unknown): Timing {
  const cpu = process.threadCpuUsage();
  const took = inputs.map((input) => {
    const start = process.hrtime.bigint();
    run(input);
    return Number(process.hrtime.bigint() - start) / 1000;
  });
  const { user, system } = process.threadCpuUsage(cpu);
  return { ...summary(took), cpu: (user + system) / inputs.length };
}

export function summary(took: number[]): Pick<Timing, 'median' | 'p99'> {
  const sorted = took.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { median: at(0.5), p99: at(0.99) };
}

/** Megabytes in use, after a collection. */
export function megabytes(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 1e6;
}

export const number = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toPrecision(2));

/** A table in Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, at) => Math.max(title.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
