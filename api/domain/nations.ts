import type { ServiceArea } from './service-area.ts';

/** The United Kingdom and its nations, as areas that a service may name. */

export const UNITED_KINGDOM: ServiceArea = { type: 'uk', code: 'K02000001', name: 'the United Kingdom' };

export const ENGLAND: ServiceArea = { type: 'nation', code: 'E92000001', name: 'England' };
export const WALES: ServiceArea = { type: 'nation', code: 'W92000004', name: 'Wales' };
export const SCOTLAND: ServiceArea = { type: 'nation', code: 'S92000003', name: 'Scotland' };
export const NORTHERN_IRELAND: ServiceArea = { type: 'nation', code: 'N92000002', name: 'Northern Ireland' };

/** By the first letter of the ONS codes of what lies in them. */
const BY_LETTER: Readonly<Record<string, ServiceArea>> = {
  E: ENGLAND,
  W: WALES,
  S: SCOTLAND,
  N: NORTHERN_IRELAND,
};

/** The nation in which an area with this ONS code lies; null for a code of no nation. */
export const nationOf = (code: string): ServiceArea | null => BY_LETTER[code[0] ?? ''] ?? null;
