import type { WriteStream } from 'node:tty';

export interface Progress {
  /** @param share of the stage that is done, 0 to 1 */
  show: (stage: string, share: number) => void;
  /** Ends the line, so that what follows begins a new one. */
  end: () => void;
}

const WIDTH = 30;

/** How far something has come: a bar that moves on a terminal, else a plain line for each quarter of each stage. */
export function showProgress(out: Pick<WriteStream, 'write'> & { isTTY?: boolean }): Progress {
  let last = '';
  let open = false;
  const capital = (stage: string) => stage.charAt(0).toUpperCase() + stage.slice(1);

  const bar = (stage: string, share: number) => {
    const full = Math.round(share * WIDTH);
    const line = `${capital(stage).padEnd(16)} ${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${Math.floor(share * 100)} %`;
    if (line === last) return;
    // Carriage return, and 'erase to the end of the line'.
    out.write(`\r${line}\u001B[K`);
    last = line;
    open = true;
  };
  const plain = (stage: string, share: number) => {
    const line = `${capital(stage)}: ${Math.floor(share * 4) * 25} %`;
    if (line !== last) out.write(`${line}\n`);
    last = line;
  };

  return {
    show: out.isTTY ? bar : plain,
    end: () => {
      if (open) out.write('\n');
      open = false;
    },
  };
}
