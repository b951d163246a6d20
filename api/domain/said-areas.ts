import type { Service } from './service.ts';
import { areaLabels, type ServiceArea } from './service-area.ts';

/** What a listing says of where people must live, and what it does not. */

type Said = Pick<Service, 'service_areas' | 'service_area_status' | 'service_area_words'>;

/** A service of which it has now been said whom it is for: people in those areas, or with none everybody. */
export function withAreasSaid<Of extends Said & { service_area_home?: string | undefined }>(
  service: Of,
  service_areas: ServiceArea[],
): Of {
  const { service_area_home: _, ...rest } = service;
  return { ...rest, service_areas, service_area_status: 'said', service_area_words: [] } as unknown as Of;
}

/** The areas by name, each once; the words of what could not be looked up; else what is known instead. */
export function areaPhrases({ service_areas, service_area_status, service_area_words }: Said): string[] {
  if (service_areas.length > 0) return areaLabels(service_areas);
  if (service_area_status === 'said') return ['Anywhere'];
  return service_area_status === 'unread' ? service_area_words : ['Not said'];
}
