type Row = Record<string, string>;

/**
 * Combinations of choices in which every pair of choices of two different questions stands together at least once: a few dozen, where
 * all of them would be millions. The same choices give the same combinations, in the same order.
 * @param questions each with its choices, of which there is at least one
 */
export function pairwise(questions: Record<string, readonly string[]>): Row[] {
  const names = Object.keys(questions);
  const key = (...pair: [string, string][]): string =>
    JSON.stringify(pair.sort(([a], [b]) => names.indexOf(a) - names.indexOf(b)));
  const open = new Map<string, Row>();
  for (const [at, a] of names.entries())
    for (const b of names.slice(at + 1))
      for (const x of questions[a] ?? [])
        for (const y of questions[b] ?? []) open.set(key([a, x], [b, y]), { [a]: x, [b]: y });
  const made: Row[] = [];
  for (let [pair] = open.values(); pair; [pair] = open.values()) {
    const row = { ...pair };
    for (const name of names.filter((each) => !(each in row))) {
      // The choice that makes the most pairs with what is chosen already.
      const gain = (choice: string): number =>
        Object.entries(row).filter((other) => open.has(key([name, choice], other))).length;
      const choices = questions[name] ?? [];
      row[name] = choices.reduce((best, choice) => (gain(choice) > gain(best) ? choice : best), choices[0] ?? '');
    }
    for (const one of Object.entries(row)) for (const other of Object.entries(row)) open.delete(key(one, other));
    made.push(row);
  }
  return made;
}
