import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Random } from '../api/search/random.ts';
import type { Ground } from './ground.ts';

/** Lists of others that come in while people search: a feed of Open Referral UK, and a spreadsheet. */

const WORDS = 'chair yoga walking knitting lunch carers memory singing advice garden coffee swimming'.split(' ');
const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR'] as const;

const uuid = (kind: number, number: number): string =>
  `e${String(kind).padStart(7, '0')}-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** A record as councils have them: an organization, a venue, a weekly session. */
function record(random: Random, ground: Ground, number: number): object {
  const { latitude, longitude, sector } = ground.spot(random);
  const name = `${random.pick(WORDS)} ${random.pick(WORDS)} ${number}`;
  const organization = { id: uuid(2, number % 2000), name: `Friends of ${random.pick(WORDS)} ${number % 2000}` };
  return {
    id: uuid(1, number),
    organization_id: organization.id,
    organization,
    name,
    description:
      `${name}: tea, talk and a warm room. ${random.pick(WORDS)} for everybody who lives round here. `.repeat(4),
    status: 'active',
    assured_date: '2026-09-10',
    last_modified: '2026-09-12T08:00:00Z',
    service_at_locations: [
      {
        id: uuid(3, number),
        service_id: uuid(1, number),
        location_id: uuid(4, number),
        location: {
          id: uuid(4, number),
          location_type: 'physical',
          name: `${random.pick(WORDS)} hall ${number}`,
          latitude,
          longitude,
          addresses: [{ id: uuid(5, number), address_1: `${number} High Street`, city: sector, country: 'GB' }],
        },
      },
    ],
    schedules: [
      {
        id: uuid(6, number),
        freq: 'WEEKLY',
        interval: 1,
        byday: random.pick(DAYS),
        opens_at: '10:00',
        closes_at: '12:00',
      },
    ],
  };
}

/** Serves a feed on this computer. @returns where, and how to end it */
export async function serveFeed(ground: Ground, count: number): Promise<{ url: string; close: () => void }> {
  const random = new Random(41);
  const lines = Array.from({ length: count }, (_, number) => JSON.stringify(record(random, ground, number))).join('\n');
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/x-ndjson' });
    response.end(lines);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/feed.ndjson`,
    close: () => server.close(),
  };
}

/** A spreadsheet of so many rows, all of them online: whatever table of postcodes there is, it takes them. */
export function tableOfRows(count: number): Uint8Array {
  const random = new Random(43);
  const rows = Array.from({ length: count }, (_, number) =>
    [
      `${random.pick(WORDS)} ${random.pick(WORDS)} ${number}`,
      `Group ${number % 5000}`,
      'Activity or class',
      'Food',
      `${random.pick(WORDS)} for all`,
      'Online',
    ].join(','),
  );
  return Buffer.from(['name,organisation,kind,categories,summary,how people take part', ...rows].join('\n'));
}
