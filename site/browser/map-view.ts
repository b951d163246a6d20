import * as L from 'leaflet';
import { showMarkers } from './map-markers.ts';
import { type Group, type MapPoint, type Place, placesOf } from './map-places.ts';
import { popupContent } from './map-popup.ts';

/** All that the page hands to the map. */
export interface MapContent {
  points: MapPoint[];
  /** The place searched from, known to about a kilometre only, and so shown as an area. */
  centre: { latitude: number; longitude: number; label: string } | null;
  /** Metres. */
  radius_m: number | null;
  /** '/tiles/{z}/{x}/{y}.svg'. */
  tiles: string;
}

export interface MapView {
  /** Lights the marker of a listing, or of none. */
  light(id: string | null): void;
  /** Takes the map away, with all that listens. */
  remove(): void;
}

const LOWEST_ZOOM = 6;
const HIGHEST_ZOOM = 17;
/** First sight goes no nearer than this, so that there is something around. */
const NEAREST_AT_FIRST = 15;
/** Metres: how far the centre may be off. */
const CENTRE_SPREAD = 700;
const METRES_IN_DEGREE = 111_195;
/** Degrees: Great Britain and a margin. */
const EDGES: L.LatLngBoundsLiteral = [
  [47.5, -13],
  [62.5, 6],
];

/**
 * Draws the map.
 * @param container an empty element with a height
 * @param status where what changes is said to screen readers
 * @param opened called with the listings of the popup that opens; with none when it closes
 */
export function showMap(
  container: HTMLElement,
  content: MapContent,
  status: HTMLElement,
  opened: (ids: string[]) => void,
): MapView {
  const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  const map = L.map(container, {
    attributionControl: false,
    zoomControl: false,
    minZoom: LOWEST_ZOOM,
    maxZoom: HIGHEST_ZOOM,
    maxBounds: EDGES,
    // Who scrolls down the page would be caught by the map.
    scrollWheelZoom: false,
    zoomAnimation: !still,
    fadeAnimation: !still,
    markerZoomAnimation: !still,
    inertia: !still,
  });
  L.control.zoom({ zoomInTitle: 'Zoom in', zoomOutTitle: 'Zoom out', zoomInText: '+', zoomOutText: '−' }).addTo(map);
  L.tileLayer(content.tiles, { minZoom: LOWEST_ZOOM, maxZoom: HIGHEST_ZOOM, bounds: EDGES }).addTo(map);
  // A name for what Leaflet makes focusable: it moves with the arrow keys, and holds the markers and buttons.
  container.setAttribute('role', 'group');
  container.setAttribute('aria-label', 'Map: arrow keys move it, plus and minus zoom');

  const places = placesOf(content.points);
  const all = L.latLngBounds(places.map(({ latitude, longitude }): L.LatLngTuple => [latitude, longitude]));
  if (content.centre)
    all.extend(L.latLng(content.centre.latitude, content.centre.longitude).toBounds(2 * CENTRE_SPREAD));
  map.fitBounds(all, { padding: [24, 24], maxZoom: NEAREST_AT_FIRST, animate: false });
  if (content.centre) drawCentre(map, content.centre, content.radius_m);

  let open: Place | null = null;
  const popup = L.popup({
    maxWidth: 280,
    minWidth: 180,
    closeOnEscapeKey: false,
    autoPanPadding: [16, 16],
    offset: [0, -30],
  });
  const markers = showMarkers(map, places, (group) =>
    isOnePlace(group, map) ? openPlace(gathered(group)) : zoomInto(group),
  );

  function openPlace(place: Place): void {
    const body = popupContent(place);
    popup.setLatLng([place.latitude, place.longitude]).setContent(body).openOn(map);
    open = place;
    markers.open(place);
    opened(place.points.map(({ id }) => id));
    body.focus({ preventScroll: true });
  }

  function zoomInto(group: Group): void {
    const bounds = L.latLngBounds(group.map(({ latitude, longitude }): L.LatLngTuple => [latitude, longitude]));
    map.once('zoomend', () => markers.focus(group[0]));
    map.fitBounds(bounds, { padding: [64, 64], maxZoom: HIGHEST_ZOOM, animate: !still });
  }

  function closed(): void {
    const place = open;
    open = null;
    markers.open(null);
    opened([]);
    // Back to where the reader came from, unless the focus has gone elsewhere of itself.
    if (place && (document.activeElement === document.body || popup.getElement()?.contains(document.activeElement)))
      markers.focus(place);
  }
  map.on('popupclose', closed);
  container.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !open) return;
    event.stopPropagation();
    const place = open;
    map.closePopup();
    markers.focus(place);
  });

  map.on('moveend', () => {
    if (!container.contains(document.activeElement)) return;
    const count = markers.inView();
    status.textContent = `The map shows ${count} of ${places.length} ${places.length === 1 ? 'place' : 'places'}.`;
  });

  return {
    light: (id) => markers.light(id),
    remove() {
      map.off('popupclose', closed);
      map.remove();
    },
  };
}

/** Whether a press on a marker opens it: one place, or several that no zoom parts. */
const isOnePlace = (group: Group, map: L.Map): boolean => group.length === 1 || map.getZoom() >= HIGHEST_ZOOM;

/** The places of a group as one, at the first of them. */
const gathered = (group: Group): Place =>
  group.length === 1 ? group[0] : { ...group[0], points: group.flatMap(({ points }) => points) as Place['points'] };

/** Where the search started: an area with a word beside it, since its point is a kilometre exact and nobody's door. */
function drawCentre(map: L.Map, centre: NonNullable<MapContent['centre']>, radius: number | null): void {
  const point: L.LatLngTuple = [centre.latitude, centre.longitude];
  if (radius !== null) L.circle(point, { radius, className: 'sp-map__radius', interactive: false }).addTo(map);
  L.circle(point, { radius: CENTRE_SPREAD, className: 'sp-map__centre', interactive: false }).addTo(map);
  // On the edge of the ring, where it hides nothing that is near the middle.
  const edge: L.LatLngTuple = [centre.latitude + CENTRE_SPREAD / METRES_IN_DEGREE, centre.longitude];
  const words = document.createElement('span');
  words.textContent = `around ${centre.label}`;
  const icon = L.divIcon({ className: 'sp-map__around', html: words, iconSize: [0, 0] });
  L.marker(edge, { icon, interactive: false, keyboard: false, pane: 'shadowPane' }).addTo(map);
}
