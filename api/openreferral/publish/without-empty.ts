/** A record without what is not known: undefined, empty text, empty lists and empty objects go. */
export function withoutEmpty<T extends object>(record: T): T {
  const kept = Object.entries(record).filter(([, value]) => !isNothing(value));
  return Object.fromEntries(kept) as T;
}

/** The record, or undefined where nothing in it is known. */
export function withoutEmptyOrNothing<T extends object>(record: T): T | undefined {
  const it = withoutEmpty(record);
  return Object.keys(it).length === 0 ? undefined : it;
}

const isNothing = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (typeof value === 'object' && Object.keys(value as object).length === 0);

/** Without null, empty text, empty lists and empty records, at any depth. */
export function withoutEmptyDeep(node: unknown): unknown {
  if (node === null || node === '') return undefined;
  if (Array.isArray(node)) {
    const kept = node.map(withoutEmptyDeep).filter((item) => item !== undefined);
    return kept.length === 0 ? undefined : kept;
  }
  if (typeof node !== 'object') return node;
  const kept = Object.entries(node).flatMap(([key, value]) => {
    const it = withoutEmptyDeep(value);
    return it === undefined ? [] : [[key, it] as const];
  });
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}
