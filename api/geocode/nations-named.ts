import { ENGLAND, NORTHERN_IRELAND, SCOTLAND, UNITED_KINGDOM, WALES } from '../domain/nations.ts';
import type { ServiceArea } from '../domain/service-area.ts';

/** The United Kingdom, its nations, and what several of them together are called, in their languages. */

const BY_NAME = new Map<string, readonly ServiceArea[]>(
  (
    [
      ['uk', [UNITED_KINGDOM]],
      ['united kingdom', [UNITED_KINGDOM]],
      ['great britain and northern ireland', [UNITED_KINGDOM]],
      ['y deyrnas unedig', [UNITED_KINGDOM]],
      ['gb', [ENGLAND, SCOTLAND, WALES]],
      ['great britain', [ENGLAND, SCOTLAND, WALES]],
      ['britain', [ENGLAND, SCOTLAND, WALES]],
      ['england', [ENGLAND]],
      ['lloegr', [ENGLAND]],
      ['wales', [WALES]],
      ['cymru', [WALES]],
      ['scotland', [SCOTLAND]],
      ['alba', [SCOTLAND]],
      ['yr alban', [SCOTLAND]],
      ['northern ireland', [NORTHERN_IRELAND]],
      ['ni', [NORTHERN_IRELAND]],
      ['gogledd iwerddon', [NORTHERN_IRELAND]],
    ] as const
  ).map(([name, areas]) => [name, areas]),
);
const BY_CODE = new Map<string, readonly ServiceArea[]>([
  ...[UNITED_KINGDOM, ENGLAND, WALES, SCOTLAND, NORTHERN_IRELAND].map((area) => [area.code, [area]] as const),
  ['K03000001', [ENGLAND, SCOTLAND, WALES]],
  ['K04000001', [ENGLAND, WALES]],
]);

/** The nations of a folded name: 'great britain' is three of them. */
export const nationsNamed = (folded: string): readonly ServiceArea[] | undefined => BY_NAME.get(folded);

/** The nations of an ONS code. */
export const nationsOfCode = (code: string): readonly ServiceArea[] | undefined => BY_CODE.get(code);
