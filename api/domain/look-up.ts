/**
 * What a table has under a key that came from outside: somebody typed it, or a feed sent it. A plain object also answers to
 * 'constructor' and '__proto__', with what nobody wrote into it.
 */
export const lookUp = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;
