/**
 * Single passes, each timed alone: repeating one query until it is warm flatters by two or three times. Beside the clock
 * stands the processor's own time, which a machine shared with others does not stretch; it ticks too slowly for one
 * query, so it is a mean.
 */
export interface Timing {
  /** Microseconds by the clock. */
  median: number;
  p99: number;
  /** Microseconds of the processor, on average. */
  cpu: number;
}

/** Times one run for each input. */
export function time<T>(inputs: readonly T[], run: (input: T) => unknown): Timing {
  const cpu = process.threadCpuUsage();
  const clock = inputs.map((input) => {
    const start = process.hrtime.bigint();
    run(input);
    return Number(process.hrtime.bigint() - start) / 1000;
  });
  const { user, system } = process.threadCpuUsage(cpu);
  return { median: share(clock, 0.5), p99: share(clock, 0.99), cpu: (user + system) / inputs.length };
}

/** The value below which such a share of all values lies. */
export function share(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

/** Megabytes in use, after a collection. */
export function megabytes(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 1e6;
}

export const number = (value: number): string => (value >= 99.5 ? value.toFixed(0) : value.toPrecision(2));

/** A table in Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, at) => Math.max(title.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
