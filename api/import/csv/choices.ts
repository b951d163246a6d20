import type { Service } from '../../domain/service.ts';
import type { RowDraft, TableColumn } from './column.ts';
import { cellParts } from './column.ts';
import { choiceNamed, plainText, triState } from './values.ts';

/** Columns of one answer, or several, of a few. */

/** The parts of a list. A comma may stand between two of them, or within one ('Arts, music and crafts'). */
export const choicesIn = <T>(cell: string, names: ReadonlyMap<string, T>): string[] =>
  cellParts(cell).flatMap((part) =>
    names.has(plainText(part))
      ? [part]
      : part
          .split(',')
          .map((piece) => piece.trim())
          .filter(Boolean),
  );

export const distinct = <T>(items: readonly T[]): T[] => [...new Set(items)];

/** A column of one of a few choices. */
export const chosen = <T extends string>(
  column: Omit<TableColumn, 'read' | 'write'>,
  labels: Readonly<Record<T, string>>,
  names: ReadonlyMap<string, T>,
  get: (service: Service) => T | undefined,
  set: (draft: RowDraft, value: T) => void,
): TableColumn => ({
  ...column,
  write: ({ service }) => {
    const value = get(service);
    return value === undefined ? '' : labels[value];
  },
  read(cell, draft) {
    set(draft, choiceNamed(cell, names, Object.values(labels)));
    return undefined;
  },
});

/** A column of yes, no or unknown. */
export const ticked = (
  column: Omit<TableColumn, 'read' | 'write' | 'example'>,
  get: (service: Service) => string,
  set: (draft: RowDraft, value: 'yes' | 'no' | 'unknown') => void,
): TableColumn => ({
  ...column,
  help: `${column.help} Yes, no or unknown.`,
  example: 'yes',
  write: ({ service }) => get(service),
  read(cell, draft) {
    set(draft, triState(cell));
    return undefined;
  },
});
