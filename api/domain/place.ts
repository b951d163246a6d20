/**
 * A place that somebody searches from. It is what a postcode, a part of one, or a place name comes to; it never holds
 * the postcode itself, only its sector, so that whatever shows or logs a place cannot leak a searcher's address.
 */

/** How much is known: a single postcode's point, or the middle of something larger. */
type Precision = 'postcode' | 'sector' | 'outcode' | 'ward' | 'district' | 'town' | 'county';

/** A named area with its ONS code, such as { code: 'E09000012', name: 'Hackney' }. */
export interface Area {
  code: string;
  name: string;
}

export interface Place {
  /** What pages call it: 'E8 1', 'E8', 'Homerton, Hackney', 'Southampton'. Never a full postcode. */
  label: string;
  /** Degrees, WGS84. */
  latitude: number;
  /** Degrees, WGS84. */
  longitude: number;
  precision: Precision;
  /** Metres within which most of the place lies around its point; 0 for a single postcode. */
  spread_m: number;
  /** 'E8', or null where the place is not part of one outcode. */
  outcode: string | null;
  /** 'E8 1', or null where the place is not part of one sector. */
  sector: string | null;
  /** The local authority districts that the place may lie in: one where it is certain, several where it straddles. */
  districts: Area[];
  /** The wards that it may lie in, or null where the table in force does not know wards. */
  wards: Area[] | null;
  /** Of a place that is part of no one outcode: the sectors that lie in it, or may. */
  sectors?: readonly string[];
  /** Of a postcode at a border: codes of the districts and wards across it, of which some of its addresses may be. */
  bordering?: readonly string[];
}

/**
 * The least that brings a place back: what the sealed `near` parameter holds. A postcode's key carries its point, so
 * that unsealing needs no look-up; everything else is looked up again by its code.
 */
export type PlaceKey =
  | {
      kind: 'point';
      latitude: number;
      longitude: number;
      /** 'E8 1'; of a cell whose sector has too few postcodes its outcode, 'E8'. */
      sector: string | null;
      district: string | null;
      ward: string | null;
      /** Of a cell that several postcodes share: metres around its middle within which all of them lie. */
      spread_m?: number;
    }
  | { kind: 'sector' | 'outcode' | 'ward' | 'district' | 'town' | 'county'; code: string };

/** A place to choose: what it is called, and what brings it back. */
export interface NamedPlace {
  /** 'Hackney', 'Homerton, Hackney'. */
  label: string;
  key: PlaceKey;
}

/** What a person typed comes to exactly one of these, and each has an answer of its own. */
export type Geocoding =
  | { outcome: 'found'; place: Place; key: PlaceKey }
  /** A repaired typo: `suggestion` is the postcode that was probably meant, to be confirmed and never used silently. */
  | { outcome: 'confirm'; suggestion: string; place: Place; key: PlaceKey }
  /**
   * Only its sector or district is known, or only that much (or a place name) was typed. `others` are the places that
   * bear the name as well and were not taken.
   */
  | { outcome: 'approximate'; why: 'typed' | 'table'; place: Place; key: PlaceKey; others?: NamedPlace[] }
  /** More than one place answers to it: an outcode group such as SW1, an area such as E, a ward name used twice. */
  | { outcome: 'several'; typed: string; choices: NamedPlace[] }
  /** Withdrawn by Royal Mail; `since` is 'YYYY-MM' where known; `place` is where it was, null where nobody knows. */
  | { outcome: 'terminated'; since: string | null; place: Place | null; key: PlaceKey | null }
  /** Well formed, but no such postcode; `nearby` is its sector or outcode, where that exists. */
  | { outcome: 'unknown'; nearby: NamedPlace | null }
  | {
      outcome: 'no_point';
      /** `no_coordinates`: the source has it without a point, as Code-Point Open says; whether it is a PO box nobody says. */
      reason: 'no_coordinates' | 'bfpo' | 'non_geographic';
      nearby: NamedPlace | null;
    }
  | { outcome: 'outside_coverage'; where: 'Northern Ireland' | 'Jersey' | 'Guernsey' | 'the Isle of Man' | 'elsewhere' }
  | { outcome: 'no_fixed_abode' }
  | { outcome: 'not_a_postcode'; empty: boolean };

export type GeocodingOutcome = Geocoding['outcome'];

/** Outcomes that carry a place to search from. A `terminated` one carries a place only where its old point is known. */
export type Located = Extract<Geocoding, { place: Place }>;
