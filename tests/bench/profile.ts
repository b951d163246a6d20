/** What a server's processor is busy with, by the names of the files on the stack: V8's own profiler is asked for it. */

interface Node {
  id: number;
  callFrame: { functionName: string; url: string };
  children?: number[];
}

interface Profile {
  nodes: Node[];
  samples: number[];
}

/** The parts of an answer, by the innermost file on the stack that says which it is. */
const PARTS: [part: string, isOf: (url: string, name: string) => boolean][] = [
  ['compress', (url) => /node:zlib/.test(url)],
  ['facets', (url) => /\/api\/(search\/query\/count|routes\/facets)/.test(url)],
  ['search', (url) => /\/api\/(search|geocode)\//.test(url)],
  ['render', (url) => /\/dist\/server\/|\/site\//.test(url)],
  ['api', (url) => /\/api\/(?!server)/.test(url)],
  ['send', (url) => /node:(net|_http|internal\/(http|streams))|\/(hono|@hono)\/|\/api\/server/.test(url)],
];

/**
 * The share of each part in what a server does meanwhile.
 * @param inspector the port of its inspector
 */
export async function sharesOf(inspector: number, meanwhile: () => Promise<unknown>): Promise<Map<string, number>> {
  const targets = (await (await fetch(`http://127.0.0.1:${inspector}/json/list`)).json()) as {
    webSocketDebuggerUrl: string;
  }[];
  const socket = new WebSocket(targets[0]?.webSocketDebuggerUrl ?? '');
  await new Promise((resolve) => socket.addEventListener('open', resolve, { once: true }));
  let asked = 0;
  const ask = (method: string): Promise<unknown> => {
    const id = ++asked;
    return new Promise((resolve) => {
      const onMessage = ({ data }: MessageEvent) => {
        const said = JSON.parse(String(data)) as { id?: number; result: unknown };
        if (said.id !== id) return;
        socket.removeEventListener('message', onMessage);
        resolve(said.result);
      };
      socket.addEventListener('message', onMessage);
      socket.send(JSON.stringify({ id, method }));
    });
  };
  await ask('Profiler.enable');
  await ask('Profiler.start');
  await meanwhile();
  const { profile } = (await ask('Profiler.stop')) as { profile: Profile };
  socket.close();
  return sharesIn(profile);
}

function sharesIn({ nodes, samples }: Profile): Map<string, number> {
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const partOf = (id: number): string | null => {
    const { functionName } = byId.get(id)?.callFrame ?? { functionName: '' };
    if (functionName === '(idle)') return null;
    if (functionName === '(garbage collector)') return 'garbage';
    for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
      const frame = byId.get(at)?.callFrame;
      const part = frame && PARTS.find(([, isOf]) => isOf(frame.url, frame.functionName));
      if (part) return part[0];
    }
    return 'the rest';
  };
  const parts = new Map(nodes.map(({ id }) => [id, partOf(id)]));
  const counts = new Map<string, number>();
  let busy = 0;
  for (const sample of samples) {
    const part = parts.get(sample) ?? null;
    if (part === null) continue;
    busy += 1;
    counts.set(part, (counts.get(part) ?? 0) + 1);
  }
  return new Map([...counts].map(([part, count]) => [part, count / busy]));
}
