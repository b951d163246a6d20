import * as L from 'leaflet';

/** What the page hands to the map. */
interface PointContent {
  latitude: number;
  longitude: number;
  zoom: number;
  tiles: string;
}

export interface PointMap {
  remove(): void;
}

/**
 * Draws a map with a pin that stays in its middle.
 * @param container an empty element with a height
 * @param moved called with the point under the pin, and how many metres it is from where it began
 */
export function pointMap(
  container: HTMLElement,
  { latitude, longitude, zoom, tiles }: PointContent,
  moved: (point: { latitude: number; longitude: number }, metres: number) => void,
): PointMap {
  const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  const start = L.latLng(latitude, longitude);
  const map = L.map(container, {
    attributionControl: false,
    zoomControl: false,
    minZoom: 13,
    maxZoom: 17,
    scrollWheelZoom: false,
    zoomAnimation: !still,
    fadeAnimation: !still,
    inertia: false,
    keyboardPanDelta: 20,
  });
  map.setView(start, zoom, { animate: false });
  L.control.zoom({ zoomInTitle: 'Zoom in', zoomOutTitle: 'Zoom out', zoomInText: '+', zoomOutText: '−' }).addTo(map);
  L.tileLayer(tiles, { minZoom: 13, maxZoom: 17 }).addTo(map);
  container.setAttribute('role', 'group');
  container.setAttribute('aria-label', 'Map: arrow keys move it under the pin, plus and minus zoom');
  const pin = document.createElement('div');
  pin.className = 'sp-point__pin';
  pin.setAttribute('aria-hidden', 'true');
  container.append(pin);
  // Zooming leaves the middle where it is but for rounding, which is no move of the pin.
  map.on('moveend', () => {
    const { lat, lng } = map.getCenter();
    const metres = Math.round(map.distance(start, [lat, lng]));
    if (metres > 0) moved({ latitude: lat, longitude: lng }, metres);
  });
  return { remove: () => map.remove() };
}
