import type { OperationOutcome } from 'fhir/r4';
import type { Context } from 'hono';

/** How FHIR says what went wrong. */

export const FHIR_JSON = 'application/fhir+json; charset=utf-8';

const CODES = { 400: 'invalid', 404: 'not-found', 405: 'not-supported', 410: 'deleted', 500: 'exception' } as const;

/** A request that cannot be answered: `message` says what to do instead, and repeats nothing that was typed. */
export class Refusal extends Error {
  readonly status: keyof typeof CODES;

  constructor(status: keyof typeof CODES, message: string) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
  }
}

/** Answers with a refusal. */
export function refused(c: Context, { status, message }: Refusal, headers: Record<string, string> = {}): Response {
  const outcome: OperationOutcome = {
    resourceType: 'OperationOutcome',
    issue: [{ severity: 'error', code: CODES[status], diagnostics: message }],
  };
  return c.body(JSON.stringify(outcome), status, {
    'content-type': FHIR_JSON,
    'cache-control': 'no-store',
    ...headers,
  });
}
