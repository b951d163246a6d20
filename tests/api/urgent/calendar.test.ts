import { expect, test } from 'vitest';
import { BATCH, IDS } from '../../fixtures/listings.ts';
import { createWorld } from '../../fixtures/world.ts';

/** No calendar names a listing that nobody near may be seen to have, however it is asked for. */

/** The directory of the fixtures, with something said of its class. */
const worldWith = (over: Record<string, unknown>) =>
  createWorld(
    {},
    {
      ...BATCH,
      services: (BATCH.services ?? []).map((it) =>
        it.service.id === IDS.class ? { ...it, service: { ...it.service, ...over } } : it,
      ),
    },
  );

/** What is answered for the calendar of the class, and for that of a handout that holds it beside another. */
async function calendars({ api }: ReturnType<typeof createWorld>): Promise<Response[]> {
  const made = await api.request('/api/v1/handouts', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ids: [IDS.befriending, IDS.class] }),
  });
  const { code } = (await made.json()) as { code: string };
  return Promise.all(
    [
      `/services/${IDS.class}/calendar.ics`,
      `/handouts/${code}/calendar.ics`,
      `/handouts/${code}/calendar.ics?lang=tr`,
    ].map((path) => api.request(`/api/v1${path}`)),
  );
}

test.each([
  ['by its category', { taxonomy_terms: ['movement', 'abuse-crime'] }],
  ['by its name', { name: 'Domestic abuse drop-in' }],
  ['by what it says of itself', { summary: 'For women who live with domestic violence.' }],
])('%s: it is refused, with the reason and without the words', async (_how, over) => {
  for (const response of await calendars(worldWith(over))) {
    expect(response.status).toBe(403);
    expect(response.headers.get('content-disposition')).toBeNull();
    const body = (await response.json()) as { type: string; detail: string };
    expect(body.type).toMatch(/#not-offered$/);
    expect(body.detail).toMatch(/others may see a calendar/);
    expect(body.detail).not.toMatch(/abuse|domestic/i);
  }
});

test('of any other listing it is given', async () => {
  for (const response of await calendars(worldWith({}))) {
    expect(response.status).toBe(200);
    expect(await response.text()).toMatch(/^BEGIN:VCALENDAR/);
  }
});
