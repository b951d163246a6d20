/** Work that goes on behind a page: the page waits a little for its end, then says how far it is. */

/** Milliseconds that an answer waits for the end of the work. */
const PATIENCE_MS = 20_000;

const underWay = new Map<string, Promise<unknown>>();

/** Whether work of that name goes on. */
export const isUnderWay = (name: string): boolean => underWay.has(name);

/**
 * Begins some work, unless work of that name goes on already.
 * @returns what it came to; null where it goes on
 * @throws what the work throws while the page waits
 */
export async function begin<T>(name: string, work: () => Promise<T>): Promise<T | null> {
  if (underWay.has(name)) return null;
  const whole = work();
  underWay.set(name, whole);
  const ended = () => underWay.delete(name);
  whole.then(ended, ended);
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS, null);
  });
  try {
    return await Promise.race([whole, patience]);
  } finally {
    clearTimeout(timer);
  }
}
