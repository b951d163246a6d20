import { z } from 'zod';

/**
 * Where somebody must live to use a service. A listing without any is open to everybody. Codes: 'K02000001' for the
 * United Kingdom; 'E92000001', 'W92000004', 'S92000003', 'N92000002' for its nations; ONS codes for districts and
 * wards; 'E8' for an outcode; 'E8 1' for a sector.
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
});
export type ServiceArea = z.infer<typeof ServiceArea>;
