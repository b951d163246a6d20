import type { Caution } from '../domain/cautions.ts';
import type { Session } from '../domain/schedule.ts';
import type { Address, Location, Organization, Service } from '../domain/service.ts';

/** What a paper is made from: a listing as the public sees it. */
export interface PaperSource {
  service: Omit<Service, 'location_ids' | 'assured_date'> & { assured_date: string | null };
  organization: Pick<Organization, 'name' | 'phone' | 'email' | 'url'>;
  locations: readonly {
    id: string | null;
    name: string | null;
    address?: Address | undefined;
    transportation?: string | undefined;
    /** Degrees, WGS84. */
    latitude?: number | undefined;
    longitude?: number | undefined;
    accessibility: Location['accessibility'];
    confidential: boolean;
  }[];
  state: string;
  /** What to know before relying on a clinical listing. */
  cautions?: readonly { kind: Caution }[] | undefined;
  /** The next few. */
  next_sessions: readonly Session[];
  /** English. */
  schedule_words: readonly string[];
}

/** Words in one language: `lang` is a BCP 47 tag. */
export interface Said {
  text: string;
  lang: string;
}
