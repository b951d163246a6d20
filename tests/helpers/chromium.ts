import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Finds a Chromium for the browser tests, and brings one where there is none. */

type Log = (line: string) => void;

/** Where the systems put it; any browser made from Chromium does. */
const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** Whether a file is a browser that starts. A stand-in that only says where to get one is not (Ubuntu has such). */
function starts(file: string): boolean {
  if (!existsSync(file)) return false;
  // On Windows `--version` opens a window instead of answering.
  if (process.platform === 'win32') return true;
  const { status, stdout } = spawnSync(file, ['--version'], { encoding: 'utf8', timeout: 60_000 });
  return status === 0 && /\d+\.\d+/.test(stdout);
}

/** The Debian package; null where this is not Debian, not root, or the package cannot be had. */
function fromApt(log: Log): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return null;
  log('No Chromium is installed. Installing the Debian package, which takes a minute or two …');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
    const { status, stderr } = spawnSync('apt-get', args, { encoding: 'utf8', env, timeout: 600_000 });
    if (status !== 0) {
      log(`apt-get ${args[0]} did not work (${stderr.trim().split('\n').at(-1)}).`);
      return null;
    }
  }
  return starts('/usr/bin/chromium') ? '/usr/bin/chromium' : null;
}

/** The one that comes inside an npm package, for Linux without apt; null where it does not start. */
async function fromPackage(log: Log): Promise<string | null> {
  if (process.platform !== 'linux') return null;
  log('Unpacking the Chromium that comes with the npm packages, which takes some seconds …');
  try {
    const { default: packaged, inflate, setupLambdaEnvironment } = await import('@sparticuz/chromium');
    const file = await packaged.executablePath();
    if (starts(file)) return file;
    // A bare machine lacks the libraries that it needs; the package carries those too.
    const bin = join(dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))), '../bin');
    await inflate(join(bin, 'al2023.tar.br'));
    setupLambdaEnvironment(join(tmpdir(), 'al2023/lib'));
    return starts(file) ? file : null;
  } catch (error) {
    log(`It could not be unpacked: ${error instanceof Error ? error.message : error}`);
    return null;
  }
}

/**
 * The path of a Chromium that starts: that of the setting CHROMIUM, else the one inside the npm package, which is made to
 * run without a window and takes half the time of a whole browser, else one that is installed, else the Debian package.
 * @throws an Error that says what to do where none can be had
 */
export async function findChromium(log: Log): Promise<string> {
  const wanted = process.env['CHROMIUM'];
  if (wanted) {
    if (starts(wanted)) return wanted;
    throw new Error(`CHROMIUM is ${wanted}, which is no browser that starts. Mend it, or leave it out.`);
  }
  const found = (await fromPackage(log)) ?? INSTALLED.find(starts) ?? fromApt(log);
  if (found) return found;
  throw new Error(
    'The browser tests need a Chromium, and none could be had. Install one, or set CHROMIUM to its path.',
  );
}
