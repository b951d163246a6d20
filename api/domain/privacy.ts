import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import type { PlaceKey } from './place.ts';
import { outcodeNumber, outcodeOf, sectorNumber, sectorOf } from './postcode-number.ts';

/**
 * The sealed place and the sealed words: what an address of the site carries in place of a postcode and of what somebody
 * typed beside it. AES-256-GCM with a random nonce, so that nobody without the server's secret reads one, forges one, or
 * sees that two of them are the same. The bytes of a place are packed by hand, since the token stands in every link of a
 * page.
 */

const NONCE = 12;
/** Bytes of a mark that are random, and as many that are made of them and the place. */
const SALT = 3;
const TAG = 16;
/** Bound into every token, so that one sealed for another purpose, or in another format, is foreign there. */
const PURPOSES = {
  place: Buffer.from('signpost place 1'),
  words: Buffer.from('signpost words 1'),
  mark: Buffer.from('signpost mark 1'),
};
type Purpose = keyof typeof PURPOSES;
/** Words are filled up to a multiple of so many bytes: their length would tell a short list of words apart. */
const BLOCK = 48;

const KINDS = ['point', 'sector', 'outcode', 'ward', 'district', 'town', 'county'] as const;
/** kind 1, latitude 3, longitude 3, sector 3, district 4, ward 4, spread 2. */
const POINT_BYTES = 20;
/** Of versions up to 0.3.0, which had no spread. */
const POINT_BYTES_BEFORE = 18;
/** Of the number of a sector: that of an outcode stands there in its place. */
const OUTCODE = 0x800000;
/** Metres that one unit of the spread stands for. */
const SPREAD_M = 10;
const NO_SECTOR = 0xffffff;
const DEGREE = 100_000;

/**
 * Degrees. A point that comes without the cell that it shares with others (geocode/shared-cells.ts) is sealed as the middle
 * of a square, some 220 by 200 metres in England: distances to many listings tell where they are measured from to the
 * metre, and no key with a single postcode's own point leaves the server.
 */
const CELL = { latitude: 0.002, longitude: 0.003 };

const middle = (degrees: number, size: number): number => (Math.floor(degrees / size) + 0.5) * size;
const middleOfCell = ({ latitude, longitude }: { latitude: number; longitude: number }) => ({
  latitude: middle(latitude, CELL.latitude),
  longitude: middle(longitude, CELL.longitude),
  spread_m: 0,
});

/** A secret for {@link sealPlace}, made once and kept for as long as its links should work. */
export const newSecret = (): Uint8Array => randomBytes(32);

const keys: Record<Purpose, WeakMap<Uint8Array, KeyObject>> = {
  place: new WeakMap(),
  words: new WeakMap(),
  mark: new WeakMap(),
};

/** A key of the right length for a purpose from a secret of any length. As an object: bytes take five times as long to use. */
function keyOf(secret: Uint8Array, purpose: Purpose): KeyObject {
  let key = keys[purpose].get(secret);
  if (!key) {
    key = createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', PURPOSES[purpose], 32)));
    keys[purpose].set(secret, key);
  }
  return key;
}

function seal(bytes: Buffer, secret: Uint8Array, purpose: Purpose): string {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret, purpose), nonce).setAAD(PURPOSES[purpose]);
  return Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]).toString('base64url');
}

function unseal(token: string, secret: Uint8Array, purpose: Purpose): Buffer | null {
  const sealed = Buffer.from(token, 'base64url');
  if (sealed.length <= NONCE + TAG) return null;
  try {
    const decipher = createDecipheriv('aes-256-gcm', keyOf(secret, purpose), sealed.subarray(0, NONCE))
      .setAAD(PURPOSES[purpose])
      .setAuthTag(sealed.subarray(-TAG));
    return Buffer.concat([decipher.update(sealed.subarray(NONCE, -TAG)), decipher.final()]);
  } catch {
    return null;
  }
}

/**
 * A point is sealed as the middle of its cell: what comes back is near it, and not the same.
 * @param secret any bytes that stay the same; 16 at the least, from {@link newSecret} best
 * @returns base64url, 62 characters for a point
 */
export const sealPlace = (key: PlaceKey, secret: Uint8Array): string => seal(pack(key), secret, 'place');

/** The place in a token of {@link sealPlace}; null for anything forged, damaged, or sealed with another secret. */
export function unsealPlace(token: string, secret: Uint8Array): PlaceKey | null {
  if (!/^[\w-]{40,400}$/.test(token)) return null;
  const bytes = unseal(token, secret, 'place');
  return bytes && unpack(bytes);
}

/**
 * A mark by which {@link isMarkOf} knows a place again. It is another each time, so that nobody sees that two of them are of one
 * place.
 * @param token of {@link sealPlace}
 * @returns eight characters of base64url; null where the token is none
 */
export function markOfPlace(token: string, secret: Uint8Array): string | null {
  const key = unsealPlace(token, secret);
  return key && markWith(randomBytes(SALT), key, secret);
}

/** Whether a mark is of the place that a token of {@link sealPlace} is of. */
export function isMarkOf(mark: string, token: string, secret: Uint8Array): boolean {
  const key = unsealPlace(token, secret);
  return key !== null && mark === markWith(Buffer.from(mark, 'base64url').subarray(0, SALT), key, secret);
}

const markWith = (salt: Buffer, key: PlaceKey, secret: Uint8Array): string => {
  const hash = createHmac('sha256', keyOf(secret, 'mark')).update(salt).update(pack(key)).digest();
  return Buffer.concat([salt, hash.subarray(0, SALT)]).toString('base64url');
};

/**
 * Seals what somebody typed.
 * @param secret as for {@link sealPlace}
 * @returns base64url, 106 characters for a few words
 */
export function sealWords(words: string, secret: Uint8Array): string {
  const text = Buffer.from(words);
  const bytes = Buffer.alloc(Math.ceil((text.length + 2) / BLOCK) * BLOCK);
  bytes.writeUInt16BE(text.length, 0);
  text.copy(bytes, 2);
  return seal(bytes, secret, 'words');
}

/** The words in a token of {@link sealWords}; null for anything forged, damaged, or sealed with another secret. */
export function unsealWords(token: string, secret: Uint8Array): string | null {
  if (!/^[\w-]{40,4000}$/.test(token)) return null;
  const bytes = unseal(token, secret, 'words');
  return bytes?.subarray(2, 2 + bytes.readUInt16BE(0)).toString() ?? null;
}

function pack(key: PlaceKey): Buffer {
  const kind = KINDS.indexOf(key.kind);
  if (key.kind !== 'point') return Buffer.concat([Buffer.from([kind]), Buffer.from(key.code)]);
  const bytes = Buffer.alloc(POINT_BYTES);
  bytes.writeUInt8(kind, 0);
  const { latitude, longitude, spread_m = 0 } = key.spread_m ? key : middleOfCell(key);
  bytes.writeIntBE(Math.round(latitude * DEGREE), 1, 3);
  // Three bytes reach ±83.88608 degrees: all of Great Britain and Ireland, and beyond.
  bytes.writeIntBE(Math.round(longitude * DEGREE), 4, 3);
  bytes.writeUIntBE(packPart(key.sector), 7, 3);
  bytes.writeUInt32BE(packCode(key.district), 10);
  bytes.writeUInt32BE(packCode(key.ward), 14);
  bytes.writeUInt16BE(Math.min(0xffff, Math.ceil(spread_m / SPREAD_M)), 18);
  return bytes;
}

function unpack(bytes: Buffer): PlaceKey | null {
  const kind = KINDS[bytes.readUInt8(0)];
  if (!kind) return null;
  if (kind !== 'point') return { kind, code: bytes.subarray(1).toString() };
  if (bytes.length !== POINT_BYTES && bytes.length !== POINT_BYTES_BEFORE) return null;
  const spread_m = bytes.length === POINT_BYTES ? bytes.readUInt16BE(18) * SPREAD_M : 0;
  return {
    kind,
    latitude: bytes.readIntBE(1, 3) / DEGREE,
    longitude: bytes.readIntBE(4, 3) / DEGREE,
    sector: unpackPart(bytes.readUIntBE(7, 3)),
    district: unpackCode(bytes.readUInt32BE(10)),
    ward: unpackCode(bytes.readUInt32BE(14)),
    ...(spread_m > 0 && { spread_m }),
  };
}

/** A sector ('E8 1') or an outcode ('E8') in 24 bits. */
function packPart(part: string | null): number {
  if (part === null) return NO_SECTOR;
  if (part.includes(' ')) return Math.max(sectorNumber(part), 0);
  return OUTCODE + Math.max(outcodeNumber(part), 0);
}

function unpackPart(packed: number): string | null {
  if (packed === NO_SECTOR) return null;
  return packed < OUTCODE ? sectorOf(packed) : outcodeOf(packed - OUTCODE);
}

/** An ONS code such as E09000012 in 32 bits: five for the letter, 27 for eight digits. 0 is none. */
function packCode(code: string | null): number {
  const [, letter, digits] = /^([A-Z])(\d{8})$/.exec(code ?? '') ?? [];
  if (letter === undefined) return 0;
  return (letter.charCodeAt(0) - 64) * 2 ** 27 + Number(digits);
}

function unpackCode(packed: number): string | null {
  if (packed === 0) return null;
  const digits = String(packed % 2 ** 27).padStart(8, '0');
  return String.fromCharCode(64 + Math.floor(packed / 2 ** 27)) + digits;
}
