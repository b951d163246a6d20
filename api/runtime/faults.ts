/** How faults inside are told to the operator. */

/** Takes one line, without its end. */
export type WriteLine = (line: string) => void;

/** A line of a stack that names a place in a program: 'at name (file:///…:12:7)'. */
const FRAME = /^\s+at .*(?::\d+:\d+\)?|\(<anonymous>\)|\(native\))$/;

/**
 * What went wrong inside, for the operator: the kind of the error and where it arose. Its message stays out, since it may
 * hold what somebody typed (a failed request's message holds its address, and so a postcode).
 * @param error what was thrown, or the text of its stack where nothing else is left of it
 */
export function faultLines(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? '').replace(error.message, '') : error;
  if (typeof stack !== 'string') return 'A fault that is no error was thrown.';
  const name = error instanceof Error ? error.name : (/^[A-Z]\w{0,40}/.exec(stack)?.[0] ?? 'A fault');
  const code =
    error instanceof Error && 'code' in error ? /^[A-Z][A-Z_]{2,60}$/.exec(String(error.code))?.[0] : undefined;
  const frames = stack.split('\n').filter((line) => FRAME.test(line));
  return [`${code === undefined ? name : `${name} (${code})`} inside:`, ...frames.slice(0, 12)].join('\n');
}

/** A log that cannot be written (a full disk, a reader that has gone) costs its lines, and never the directory. */
export function outliveLog(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}

/** What nobody catches ends the process, as it would by itself, and says where it arose, without its message. */
export function endOnFault(): void {
  process.on('uncaughtException', (error) => {
    console.error(faultLines(error));
    process.exit(1);
  });
}
