import { expect } from 'vitest';
import type { World } from '../../fixtures/world.ts';

export const BASE = '/api/openreferral/v3';

/** Asks for an address of Open Referral and reads the JSON. */
export async function ask({ api }: Pick<World, 'api'>, path: string, headers: Record<string, string> = {}) {
  const response = await api.request(`${BASE}${path}`, { headers });
  const text = await response.text();
  // biome-ignore lint/suspicious/noExplicitAny: an answer is checked by the test that asked.
  return { response, status: response.status, body: (text === '' ? null : JSON.parse(text)) as any };
}

/** The records of an address that answers in lines. */
export async function linesOf<Record>({ api }: Pick<World, 'api'>, path: string): Promise<Record[]> {
  const response = await api.request(`${BASE}${path}`);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
  const text = await response.text();
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record);
}
