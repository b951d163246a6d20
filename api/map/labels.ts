import { worldX, worldY } from './projection.ts';

/** Something to be named on the map. */
export interface MapLabel {
  kind: 'district' | 'ward' | 'outcode' | 'sector';
  name: string;
  /** Degrees, WGS84. */
  latitude: number;
  longitude: number;
  /** Where there is no room for all, the one with the greatest weight of its kind is named. */
  weight: number;
}

/** A label with its place on the world map of one zoom, in pixels: `x`, `y` is the middle of its box. */
export interface PlacedLabel {
  kind: MapLabel['kind'];
  lines: string[];
  size: number;
  x: number;
  y: number;
  width: number;
  height: number;
}

interface Rule {
  kind: MapLabel['kind'];
  /** Pixels. */
  size: number;
  /** Pixels kept free around it. */
  gap: number;
}

/** What is named at each zoom; the first kinds come first where there is not room for all. */
function labelRules(zoom: number): Rule[] {
  if (zoom <= 7) return [{ kind: 'district', size: 12, gap: 16 }];
  if (zoom <= 9) return [{ kind: 'district', size: 12.5, gap: 10 }];
  if (zoom === 10) return [{ kind: 'district', size: 13.5, gap: 8 }];
  if (zoom <= 12) {
    return [
      { kind: 'district', size: 15, gap: 14 },
      { kind: 'outcode', size: 12, gap: 10 },
    ];
  }
  if (zoom === 13) {
    return [
      { kind: 'outcode', size: 14, gap: 10 },
      { kind: 'ward', size: 12.5, gap: 10 },
    ];
  }
  const size = Math.min(zoom, 16) - 2;
  return [
    { kind: 'ward', size: size + 1, gap: 12 },
    { kind: 'sector', size, gap: 10 },
  ];
}

/** Names longer than this are set in two lines. */
const LONG = 17;
export const LINE_HEIGHT = 1.2;

/** A name in one line or in two of about the same length. */
export function labelLines(name: string): string[] {
  if (name.length <= LONG) return [name];
  const breaks = [...name.matchAll(/ (?=\S)/g)].map((match) => match.index);
  const middle = breaks.sort((a, b) => Math.abs(a - name.length / 2) - Math.abs(b - name.length / 2))[0];
  return middle === undefined ? [name] : [name.slice(0, middle), name.slice(middle + 1)];
}

/** Width in ems, on the generous side, since each reader's own font is used (measured on Arial, DejaVu Sans, Segoe UI). */
function emsOf(line: string): number {
  let ems = 0.3;
  for (const letter of line) {
    if (/[iljtfrI.,' -]/.test(letter)) ems += 0.38;
    else if (/[mwMW]/.test(letter)) ems += 0.95;
    else if (/[A-Z0-9]/.test(letter)) ems += 0.7;
    else ems += 0.61;
  }
  return ems;
}

const BUCKET = 256;

/** The boxes placed so far, by squares of the world map. */
class Taken {
  readonly #buckets = new Map<number, PlacedLabel[]>();

  *#around(label: PlacedLabel, gap: number): Generator<number> {
    const right = Math.floor((label.x + label.width / 2 + gap) / BUCKET);
    const bottom = Math.floor((label.y + label.height / 2 + gap) / BUCKET);
    for (let row = Math.floor((label.y - label.height / 2 - gap) / BUCKET); row <= bottom; row++) {
      for (let column = Math.floor((label.x - label.width / 2 - gap) / BUCKET); column <= right; column++) {
        yield row * 2 ** 26 + column;
      }
    }
  }

  /** Whether nothing stands within `gap` pixels of the box. */
  free(label: PlacedLabel, gap: number): boolean {
    for (const bucket of this.#around(label, gap)) {
      for (const other of this.#buckets.get(bucket) ?? []) {
        const apartX = Math.abs(other.x - label.x) - (other.width + label.width) / 2;
        const apartY = Math.abs(other.y - label.y) - (other.height + label.height) / 2;
        if (Math.max(apartX, apartY) < gap) return false;
      }
    }
    return true;
  }

  add(label: PlacedLabel): void {
    for (const bucket of this.#around(label, 0)) {
      const known = this.#buckets.get(bucket);
      if (known) known.push(label);
      else this.#buckets.set(bucket, [label]);
    }
  }

  /** The labels whose own boxes touch this one, each once. */
  near(left: number, top: number, right: number, bottom: number): PlacedLabel[] {
    const box = { x: (left + right) / 2, y: (top + bottom) / 2, width: right - left, height: bottom - top };
    const found = new Set<PlacedLabel>();
    for (const bucket of this.#around({ ...box, kind: 'sector', lines: [], size: 0 }, 0)) {
      for (const label of this.#buckets.get(bucket) ?? []) found.add(label);
    }
    return [...found].filter(
      (label) =>
        Math.abs(label.x - box.x) * 2 < label.width + box.width &&
        Math.abs(label.y - box.y) * 2 < label.height + box.height,
    );
  }
}

export interface PlacedLabels {
  all: readonly PlacedLabel[];
  /** Labels whose boxes touch a box of the world map, in pixels. */
  within(left: number, top: number, right: number, bottom: number): PlacedLabel[];
}

/**
 * Places all labels of one zoom for the whole country at once, so that every tile draws the same label at the same place
 * and a label that crosses an edge is whole on both sides. None overlaps another.
 */
export function placeLabels(labels: readonly MapLabel[], zoom: number): PlacedLabels {
  const taken = new Taken();
  const all: PlacedLabel[] = [];
  for (const { kind, size, gap } of labelRules(zoom)) {
    const ofKind = labels.filter((label) => label.kind === kind);
    ofKind.sort((a, b) => b.weight - a.weight || (a.name < b.name ? -1 : 1));
    for (const { name, latitude, longitude } of ofKind) {
      const lines = labelLines(name);
      const label: PlacedLabel = {
        kind,
        lines,
        size,
        // Whole pixels: sharp letters, and the same in every tile.
        x: Math.round(worldX(longitude, zoom)),
        y: Math.round(worldY(latitude, zoom)),
        width: Math.max(...lines.map(emsOf)) * size,
        height: lines.length * LINE_HEIGHT * size,
      };
      if (!taken.free(label, gap)) continue;
      taken.add(label);
      all.push(label);
    }
  }
  return { all, within: (left, top, right, bottom) => taken.near(left, top, right, bottom) };
}
