import { isFull } from '../store/open.ts';
import type { ProblemCode } from './problem.ts';

/**
 * What somebody is told of a fault inside.
 * @param otherwise the sentence for a fault of which nothing is known
 */
export const toldOf = (error: unknown, otherwise: string): { code: ProblemCode; detail: string } =>
  isFull(error)
    ? {
        code: 'storage-full',
        detail:
          'The disk of this server is full, so nothing was saved. Searching works. Try again in an hour: whoever runs the server must make room first.',
      }
    : { code: 'server-error', detail: otherwise };
