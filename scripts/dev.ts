import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

/**
 * `npm run dev`: serves with live reload on PORT, or on the port given as `-- --port N`, which the program is told too, so
 * that links in mails lead there. Everything else goes to Astro as it is: `-- --host`, `-- --verbose`.
 */

const ROOT = join(import.meta.dirname, '..');
const { values, tokens } = parseArgs({
  options: { port: { type: 'string' } },
  strict: false,
  allowPositionals: true,
  tokens: true,
});
const port = String(values.port ?? process.env['PORT'] ?? '8080');
const rest = tokens.flatMap((token) => {
  if (token.kind === 'positional') return [token.value];
  if (token.kind !== 'option' || token.name === 'port') return [];
  return token.inlineValue ? [`${token.rawName}=${token.value}`] : [token.rawName];
});
const { status } = spawnSync(
  process.execPath,
  [join(ROOT, 'node_modules/astro/bin/astro.mjs'), 'dev', '--port', port, ...rest],
  { cwd: ROOT, stdio: 'inherit', env: { ...process.env, PORT: port, ASTRO_TELEMETRY_DISABLED: '1' } },
);
process.exit(status ?? 1);
