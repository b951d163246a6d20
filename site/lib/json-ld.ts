import { isGuess } from '#api/domain/guesses.ts';
import { isVisited } from '#api/domain/journey.ts';
import { areaLabels } from '#api/domain/service-area.ts';
import { beforeGoing, whoMayCome } from '#api/domain/words.ts';
import type { ServiceResponse } from './api.ts';

/**
 * What search engines read of a listing: schema.org, as text that is safe inside <script>. An example listing is marked
 * up as a page only, so that nobody is sent to a place that does not exist. No address of this site is in it: what the
 * request calls this host need not be true.
 */
export function jsonLd(body: ServiceResponse): string {
  const { service, organization, locations, next_sessions } = body;
  const cautions = beforeGoing({
    service,
    state: body.state,
    source: service.source.name,
    isPrivate: locations.some(({ confidential }) => confidential),
  });
  const who = whoMayCome(service);
  // Who shows it on may show nothing else of it.
  const description = [...cautions, ...(who.length > 0 ? [`For: ${who.join(', ')}.`] : []), service.summary].join(' ');
  const page = {
    '@context': 'https://schema.org',
    '@type': 'WebPage',
    name: service.name,
    description,
  };
  const visited = isVisited(service) ? locations : [];
  const places = visited.flatMap(({ name, address, latitude, longitude }) =>
    address
      ? {
          '@type': 'Place',
          name,
          address: {
            '@type': 'PostalAddress',
            streetAddress: [address.address_1, address.address_2].filter(Boolean).join(', '),
            addressLocality: address.city,
            postalCode: address.postal_code,
            addressCountry: address.country,
          },
          ...(latitude !== undefined &&
            longitude !== undefined && { geo: { '@type': 'GeoCoordinates', latitude, longitude } }),
        }
      : [],
  );
  const provider = {
    '@type': 'Organization',
    name: organization.name,
    ...(organization.url && { url: organization.url }),
  };
  const first = next_sessions[0];
  const about =
    service.kind === 'event' && !isGuess(service, 'kind') && first
      ? {
          '@type': 'Event',
          name: service.name,
          description,
          startDate: first.starts,
          ...(first.ends && { endDate: first.ends }),
          ...(places.length > 0 && { location: places }),
          organizer: provider,
        }
      : {
          '@type': 'Service',
          name: service.name,
          description,
          provider,
          areaServed: areaLabels(service.service_areas),
          availableChannel: places.map((serviceLocation) => ({ '@type': 'ServiceChannel', serviceLocation })),
        };
  // '<' is written so that no text of a listing can close the element.
  return JSON.stringify(service.example ? page : { ...page, mainEntity: about }).replaceAll('<', '\\u003c');
}
