import type { Listing, Location, Schedule } from '../../api/domain/service.ts';
import { Schedule as ScheduleShape, WEEKDAYS } from '../../api/domain/service.ts';
import { metresBetween } from '../../api/geocode/metres.ts';
import { Random } from '../api/search/random.ts';
import { readdressed, reformatted, renamed, retimed } from './changes.ts';

/** Pairs of listings of which it is known whether they are one thing, because they were made so. */

export interface Pair {
  a: Listing;
  b: Listing;
  /** Whether both are the same thing. */
  same: boolean;
  /** What kind of pair it is. */
  how: string;
}

const GROUPS = [
  'Knit and Natter', 'Lunch Club', 'Chair Yoga', 'Tai Chi', 'Toddler Group', 'Community Choir', 'Walking Football',
  'Parkinson’s Café', 'Carers Coffee Morning', 'Art for Wellbeing', 'Men’s Shed', 'Book Group', 'Line Dancing',
  'Food Bank', 'Debt Advice', 'Singing for the Brain', 'Pilates', 'Gardening Group', 'English Conversation', 'Bingo',
  'Pain Peer Support', 'Stroke Club', 'Bereavement Café', 'Ukulele Band', 'Job Club', 'Repair Café', 'Warm Hub',
  'Seated Exercise', 'Table Tennis', 'Sewing Bee', 'Memory Café', 'Digital Drop-in', 'Youth Club', 'Quiet Hour',
] as const; // biome-ignore format: a list of words
const CHAINS = [
  'Age UK',
  'Mind',
  'The Salvation Army',
  'Citizens Advice',
  'Slimming World',
  'Sure Start',
  'U3A',
  'Carers Hub',
  'St Mary’s Church',
  'Central Library',
  'Community Café',
  'Men’s Sheds',
  'Warm Welcome',
] as const;

const sourced = (listing: Listing, name: string): Listing => ({
  ...listing,
  service: { ...listing.service, source: { name } },
});

const uuid = (random: Random): string => random.uuid();

/** The listing under ids of its own, as another directory would have it. */
function another(listing: Listing, random: Random): Listing {
  const ids = new Map(listing.locations.map(({ id }) => [id, uuid(random)]));
  const organization = { ...listing.organization, id: uuid(random) };
  return {
    ...listing,
    organization,
    locations: listing.locations.map((place) => ({ ...place, id: ids.get(place.id) ?? place.id })),
    service: {
      ...listing.service,
      id: uuid(random),
      organization_id: organization.id,
      location_ids: listing.service.location_ids.flatMap((id) => ids.get(id) ?? []),
      schedules: listing.service.schedules.map(({ location_id: _, ...it }) => it),
    },
  };
}

const session = (day: string, random: Random): Schedule => {
  const opens = 9 + random.below(10);
  const clock = (hour: number) => `${String(hour).padStart(2, '0')}:${random.chance(0.5) ? '00' : '30'}`;
  return ScheduleShape.parse({ freq: 'WEEKLY', byday: day, opens_at: clock(opens), closes_at: clock(opens + 2) });
};

/** A number of those that Ofcom keeps for drama. */
const phone = (random: Random): string => `01632 960${String(random.below(1000)).padStart(3, '0')}`;

/** Adds what a feed of places lacks and other directories have: telephone, e-mail, page, charity. */
function withContact(listing: Listing, random: Random): Listing {
  const host = `${
    listing.organization.name
      .toLowerCase()
      .replace(/[^a-z]/g, '')
      .slice(0, 18) || 'group'
  }${random.below(99)}.org.uk`;
  return {
    ...listing,
    service: {
      ...listing.service,
      phones: random.chance(0.7) ? [{ number: phone(random) }] : [],
      ...(random.chance(0.5) && {
        email: `${random.pick(['info', 'hello', 'office'])}@${random.chance(0.3) ? 'gmail.com' : host}`,
      }),
      ...(random.chance(0.4) && { url: `https://www.${host}/` }),
    },
    organization: {
      ...listing.organization,
      ...(random.chance(0.35) && { charity_number: String(1_000_000 + random.below(200_000)) }),
    },
  };
}

/** A group that meets at the place of a listing: another name, its own days. */
function groupAt(listing: Listing, random: Random, name: string, organization: string): Listing {
  const it = another(listing, random);
  const { url: _, ...service } = it.service;
  return withContact(
    {
      ...it,
      service: { ...service, name, schedules: [session(random.pick(WEEKDAYS), random)] },
      organization: { id: it.organization.id, name: organization, example: false },
    },
    random,
  );
}

/** A listing to make a pair of: as the feed has it, with ways to reach it, or a group that meets there. */
function subject(bases: readonly Listing[], random: Random): Listing {
  const base = random.pick(bases);
  const way = random.below(10);
  if (way < 3) return another(base, random);
  if (way < 5) return withContact(another(base, random), random);
  const group = random.pick(GROUPS);
  const town = base.organization.name.split(/[ ,]/)[0] ?? '';
  const name = way < 8 ? `${town} ${group}`.trim() : group;
  return groupAt(base, random, name, random.chance(0.5) ? name : base.organization.name);
}

/** The same thing as another directory has it. */
function duplicate(of: Listing, random: Random): Listing {
  const it = another(of, random);
  const { email, url, ...service } = it.service;
  const { charity_number, ...organization } = it.organization;
  const changed =
    random.chance(0.1) && email && !email.endsWith('gmail.com') ? `secretary@${email.split('@')[1]}` : email;
  return {
    ...it,
    service: {
      ...service,
      name: renamed(service.name, of, random).slice(0, 160),
      phones: service.phones.flatMap(({ number }) =>
        random.chance(0.35) ? [] : [{ number: random.chance(0.08) ? phone(random) : reformatted(number, random) }],
      ),
      ...(changed && random.chance(0.6) && { email: changed }),
      ...(url &&
        random.chance(0.6) && { url: random.pick([url, url.replace('https', 'http'), url.replace('www.', '')]) }),
      schedules: retimed(service.schedules, random),
    },
    organization: {
      ...organization,
      ...(charity_number && random.chance(0.5) && { charity_number }),
      name: random.chance(0.2) ? (of.locations[0]?.name ?? organization.name) : organization.name,
    },
    locations: it.locations.map((place) => readdressed(place, random)),
  };
}

const pointOf = ({ locations: [place] }: Listing) => ({
  latitude: place?.latitude ?? 0,
  longitude: place?.longitude ?? 0,
});

/** Moves a listing a little way off, to a house of its own. */
function nextDoor(listing: Listing, metres: number, random: Random): Listing {
  const angle = random.next() * Math.PI * 2;
  const place = listing.locations[0] as Location;
  const number = String(1 + random.below(180));
  return {
    ...listing,
    locations: [
      {
        ...place,
        name: listing.service.name,
        latitude: (place.latitude ?? 0) + (Math.sin(angle) * metres) / 111_200,
        longitude: (place.longitude ?? 0) + (Math.cos(angle) * metres) / 68_000,
        ...(place.address && {
          address: {
            ...place.address,
            address_1: `${number} ${place.address.address_1.replace(/^\d+\w? /, '')}`.slice(0, 120),
          },
        }),
      },
    ],
  };
}

const two = <T>(items: readonly T[], random: Random): [T, T] => {
  const first = random.below(items.length);
  const second = (first + 1 + random.below(items.length - 1)) % items.length;
  return [items[first] as T, items[second] as T];
};

type Make = (bases: readonly Listing[], random: Random) => [Listing, Listing];

const NEAR_MISSES: Record<string, Make> = {
  'two groups in one hall'(bases, random) {
    const base = random.pick(bases);
    const [one, other] = two(GROUPS, random);
    const hall = base.locations[0]?.name ?? '';
    const [a, b] = [groupAt(base, random, one, one), groupAt(base, random, other, other)];
    // Some give the telephone of the hall.
    if (random.chance(0.3)) b.service.phones = a.service.phones;
    if (random.chance(0.3)) a.service.name = `${hall} ${one}`.slice(0, 160);
    if (random.chance(0.3)) b.service.name = `${other} at ${hall}`.slice(0, 160);
    return [a, b];
  },
  'two services of one organization'(bases, random) {
    const base = random.pick(bases);
    const [one, other] = two(GROUPS, random);
    const organization = base.organization.name;
    const named = random.chance(0.4);
    const a = groupAt(base, random, named ? `${organization} ${one}`.slice(0, 160) : one, organization);
    const b = groupAt(base, random, named ? `${organization} ${other}`.slice(0, 160) : other, organization);
    const { phones, email, url } = a.service;
    return [
      a,
      {
        ...b,
        organization: { ...a.organization, id: b.organization.id },
        service: { ...b.service, phones, email, url },
      },
    ];
  },
  'one class on two days'(bases, random) {
    const base = random.pick(bases);
    const [one, other] = two(WEEKDAYS, random);
    const group = random.pick(GROUPS);
    const a = groupAt(base, random, group, base.organization.name);
    const b = another(a, random);
    a.service.schedules = [session(one, random)];
    b.service.schedules = [session(other, random)];
    return [a, b];
  },
  'branches of one name'(bases, random) {
    const [one, other] = two(bases, random);
    const name = random.pick(CHAINS);
    const a = groupAt(one, random, name, name);
    const b = groupAt(other, random, name, name);
    // Half of them in one town, with one telephone and one page for all.
    if (random.chance(0.5)) {
      b.locations = nextDoor(a, 1_200 + random.next() * 6_000, random).locations.map((place) => ({
        ...place,
        id: b.service.location_ids[0] ?? place.id,
      }));
      const postcode = b.locations[0]?.address?.postal_code;
      if (postcode && b.locations[0]?.address)
        b.locations[0].address.postal_code = `${postcode.slice(0, -3)}${(Number(postcode.at(-3)) + 3) % 10}${postcode.slice(-2)}`;
    }
    if (random.chance(0.4)) b.service.phones = a.service.phones;
    if (random.chance(0.4) && a.service.url) b.service.url = a.service.url;
    return [a, b];
  },
  neighbours(bases, random) {
    const base = random.pick(bases);
    const a = withContact(another(base, random), random);
    // The next best listing that is near but plainly another thing, else one from elsewhere put next door.
    const [, other] = two(bases, random);
    const guest = withContact(another(other, random), random);
    const b = nextDoor(
      { ...guest, locations: [{ ...a.locations[0]!, id: guest.service.location_ids[0] ?? '' }] },
      20 + random.next() * 200,
      random,
    );
    return [a, b];
  },
  'one name in two towns'(bases, random) {
    const a = random.pick(bases);
    const far = bases.find(
      (it) => it.service.name === a.service.name && metresBetween(pointOf(it), pointOf(a)) > 5_000,
    );
    const other = far ?? random.pick(bases);
    return [a, far ? another(far, random) : groupAt(other, random, a.service.name, a.organization.name)];
  },
  'library, church and school of one town'(bases, random) {
    const base = random.pick(bases);
    const [one, other] = two(
      ['Library', 'Church', 'Primary School', 'Community Centre', 'Museum', 'Leisure Centre'],
      random,
    );
    const town = random.pick(['Skipton', 'Homerton', 'Abermaw', 'Soham', 'Alford', 'Formby', 'Knowle', 'Wyre']);
    const named = (kind: string) => {
      const it = groupAt(base, random, `${town} ${kind}`, `${town} ${kind}`);
      return nextDoor(it, random.next() * 250, random);
    };
    return [named(one), named(other)];
  },
};

/**
 * Makes pairs, half of them one thing and half of them near-misses, always the same ones for a seed.
 * @param count how many
 */
export function makePairs(bases: readonly Listing[], seed: number, count: number): Pair[] {
  const random = new Random(seed);
  const kinds = Object.entries(NEAR_MISSES);
  return Array.from({ length: count }, (_, at): Pair => {
    if (at % 2 === 0) {
      const a = subject(bases, random);
      return { a, b: sourced(duplicate(a, random), 'Another directory'), same: true, how: 'written twice' };
    }
    const [how, make] = kinds[Math.floor(at / 2) % kinds.length]!;
    const [a, b] = make(bases, random);
    return { a, b: sourced(b, 'Another directory'), same: false, how };
  });
}
