import * as L from 'leaflet';
import { faceOf, type Group, groupsOf, isDoubtful, nameOf, type Place } from './map-places.ts';

/** Pixels: the side of a marker's target, and what two of them need between them. */
const TARGET = 44;
const APART = 46;

/** An icon that is a real button, so that Enter, Space and every screen reader know what to do with it. */
class ButtonIcon extends L.DivIcon {
  readonly #button: HTMLButtonElement;

  constructor(button: HTMLButtonElement, group: boolean) {
    // A pin stands on its point, a group lies over it.
    super({ iconSize: [TARGET, TARGET], iconAnchor: [TARGET / 2, group ? TARGET / 2 : TARGET - 4], className: '' });
    this.#button = button;
  }

  override createIcon(): HTMLElement {
    // What Leaflet does to an icon of its own: size and margins by the style object, which the policy allows.
    const { iconAnchor } = this.options;
    const anchor = L.point(iconAnchor as L.PointTuple);
    Object.assign(this.#button.style, {
      width: `${TARGET}px`,
      height: `${TARGET}px`,
      marginLeft: `${-anchor.x}px`,
      marginTop: `${-anchor.y}px`,
    });
    return this.#button;
  }
}

interface Shown {
  group: Group;
  marker: L.Marker;
  button: HTMLButtonElement;
}

export interface Markers {
  /** Lights the marker of a listing, or of none. */
  light(id: string | null): void;
  /** Says which place is open, or none. */
  open(place: Place | null): void;
  /** Moves the focus to the marker of a place. */
  focus(place: Place): void;
  /** How many places are on the part of the map that is to be seen. */
  inView(): number;
}

/**
 * Draws the places and keeps them in groups as the map is zoomed. All markers are one tab stop: arrow keys, Home and End
 * go from one to the next, in the order of the list.
 * @param press called when a marker is pressed
 */
export function showMarkers(map: L.Map, places: readonly Place[], press: (group: Group) => void): Markers {
  const pane = map.getPane('markerPane') as HTMLElement;
  pane.setAttribute('role', 'toolbar');
  pane.setAttribute('aria-label', 'Places on the map: arrow keys go from one to the next');
  const layer = L.layerGroup().addTo(map);
  let shown: Shown[] = [];
  let current: Place | undefined = places[0];
  let opened: Place | null = null;
  let lit: string | null = null;

  function draw(): void {
    const focused = shown.find(({ button }) => button === document.activeElement);
    layer.clearLayers();
    const pixel = (place: Place): L.Point => map.project([place.latitude, place.longitude]);
    shown = groupsOf(places, pixel, APART).map((group) => {
      const button = buttonFor(group);
      const marker = L.marker([group[0].latitude, group[0].longitude], {
        icon: new ButtonIcon(button, group.length > 1),
        keyboard: false,
      });
      marker.on('click', () => {
        current = group[0];
        rove();
        press(group);
      });
      marker.addTo(layer);
      return { group, marker, button };
    });
    rove();
    mark();
    // What had the focus may now stand in a group, or apart.
    if (focused) holding(focused.group[0])?.button.focus({ preventScroll: true });
  }

  const holding = (place: Place | undefined): Shown | undefined =>
    shown.find(({ group }) => place !== undefined && group.includes(place));

  function rove(): void {
    const stop = holding(current) ?? shown[0];
    for (const { button } of shown) button.tabIndex = button === stop?.button ? 0 : -1;
  }

  function mark(): void {
    for (const { group, button, marker } of shown) {
      const isLit = group.some(({ points }) => points.some(({ id }) => id === lit));
      const isOpen = opened !== null && group.includes(opened);
      button.classList.toggle('sp-pin--lit', isLit || isOpen);
      if (group.length === 1) button.setAttribute('aria-expanded', String(isOpen));
      marker.setZIndexOffset(isLit || isOpen ? 10_000 : 0);
    }
  }

  function go(to: Shown | undefined): void {
    if (!to) return;
    current = to.group[0];
    rove();
    map.panInside(to.marker.getLatLng(), { padding: [TARGET, TARGET] });
    to.button.focus({ preventScroll: true });
  }

  pane.addEventListener('keydown', (event) => {
    const at = shown.findIndex(({ button }) => button === event.target);
    const target = {
      ArrowRight: at + 1,
      ArrowDown: at + 1,
      ArrowLeft: at - 1,
      ArrowUp: at - 1,
      Home: 0,
      End: shown.length - 1,
    }[event.key];
    if (at < 0 || target === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    go(shown.at(target % shown.length));
  });
  map.on('zoomend', draw);
  draw();

  return {
    light(id) {
      lit = id;
      mark();
    },
    open(place) {
      opened = place;
      mark();
    },
    focus: (place) => go(holding(place)),
    inView() {
      const bounds = map.getBounds();
      return places.filter(({ latitude, longitude }) => bounds.contains([latitude, longitude])).length;
    },
  };
}

function buttonFor(group: Group): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'leaflet-marker-icon sp-pin';
  button.classList.toggle('sp-pin--group', group.length > 1);
  button.classList.toggle('sp-pin--doubtful', isDoubtful(group));
  if (group.length === 1) button.setAttribute('aria-haspopup', 'dialog');
  button.setAttribute('aria-label', nameOf(group));
  const face = document.createElement('span');
  face.className = 'sp-pin__face';
  const text = faceOf(group);
  if (text === '') face.classList.add('sp-pin__face--plain');
  else {
    const words = document.createElement('span');
    words.textContent = text;
    face.append(words);
  }
  button.append(face);
  return button;
}
