import type { Service } from './service.ts';

/**
 * Whether people go to the venues of a listing, as far as anybody knows: nobody goes to where a telephone stands, nor to the
 * office of those who come to the door.
 */
export const isVisited = ({ attending_types: ways }: Pick<Service, 'attending_types'>): boolean =>
  ways.length === 0 || ways.includes('in_person');
