import { z } from 'zod';
import { Outline } from './outline.ts';

/**
 * Where somebody must live to use a service. A listing without any is open to everybody, if it is known to be
 * (`service_area_status`). Codes: 'K02000001' for the United Kingdom; 'E92000001', 'W92000004', 'S92000003', 'N92000002' for
 * its nations; ONS codes for districts and wards; 'E8' for an outcode; 'E8 1' for a sector.
 */
export const ServiceArea = z.strictObject({
  type: z.enum(['uk', 'nation', 'district', 'ward', 'outcode', 'sector']),
  code: z.string().trim().min(1).max(12),
  name: z.string().trim().min(1).max(80),
  /**
   * For a ward: the code of its district, so that a place whose ward is unknown can be answered 'perhaps'. For an outcode
   * of a tier of a clinical service: the district whose part of it is meant.
   */
  district: z.string().trim().min(1).max(12).optional(),
  /** What was said, where this is one of several areas that stand for it: 'Kent', 'Inner London', 'Fakenham'. */
  said_as: z.string().trim().min(1).max(80).optional(),
  /**
   * True where what was said lies in the area and need not be all of it: a town, a shape on a map, a council that has become
   * part of a larger one. Whoever lives in it is perhaps served; whoever lives in no area of the service is not.
   */
  approximate: z.boolean().optional(),
  /** Of a sector through which the border of what was said runs: that border, by which each of its postcodes is told apart. */
  outline: Outline.optional(),
});
export type ServiceArea = z.infer<typeof ServiceArea>;

/** Where a source of listings is at home: what it means by 'borough-wide', and by saying no area at all. */
export interface HomeArea {
  /** 'Derbyshire', as somebody wrote it or as its districts are called. */
  name: string;
  /** ONS codes; none where it is a nation or more. */
  districts: string[];
  /** Whether the postcodes of its listings alone say so. */
  guessed: boolean;
}

/** What an area is called: as it was said, where that was another name. */
export const areaLabel = ({ name, said_as }: Pick<ServiceArea, 'name' | 'said_as'>): string => said_as ?? name;

/** What some areas are called, each name once, in their order. */
export const areaLabels = (areas: readonly ServiceArea[]): string[] => [...new Set(areas.map(areaLabel))];
