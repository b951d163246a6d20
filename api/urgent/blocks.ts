/**
 * The form of the files in data/urgent: blocks of lines under a head in square brackets, `[phrases suicide]`. `#` at the
 * beginning of a line or after a space starts a comment; empty lines say nothing.
 */

/** What cannot be read; the message names the file, the line (counted from 1) and what to write instead. */
export class UrgentError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UrgentError';
  }
}

export interface Line {
  text: string;
  /** Makes the error that says what is wrong with this line. */
  wrong(mend: string): UrgentError;
}

export interface Block {
  /** 'phrases' in `[phrases suicide]` … */
  kind: string;
  /** … and 'suicide'; empty where the head is one word. */
  name: string;
  head: Line;
  lines: Line[];
}

/** A file of blocks, and what errors call it. */
export interface Source {
  file: string;
  text: string;
}

/**
 * Reads the blocks of a file in their order.
 * @throws UrgentError for a head that is none, or a line above the first head
 */
export function readBlocks({ file, text }: Source): Block[] {
  const blocks: Block[] = [];
  for (const [index, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const content = raw.replace(/(^|\s)#.*$/, '').trim();
    if (content === '') continue;
    const line: Line = { text: content, wrong: (mend) => new UrgentError(`${file}, line ${index + 1}: ${mend}`) };
    if (!/^\[[^[\]]*\]$/.test(content)) {
      const block = blocks.at(-1);
      if (!block)
        throw line.wrong('a head such as [phrases suicide] or [contact our-line] must stand above this line.');
      block.lines.push(line);
      continue;
    }
    const [, kind = '', name = ''] = /^\[(\w+)(?: +([a-z][a-z0-9-]*))?\]$/.exec(content) ?? [];
    if (kind === '') throw line.wrong('a head is two words in square brackets, in lower case: [contact our-line].');
    blocks.push({ kind, name, head: line, lines: [] });
  }
  return blocks;
}

/** `key: value` */
export interface Field {
  key: string;
  value: string;
  line: Line;
}

/**
 * Reads the lines of a block as fields.
 * @throws UrgentError for a line that is no field, has a key that the block does not take, or gives one twice
 */
export function readFields(block: Block, keys: readonly string[]): Map<string, Field> {
  const fields = new Map<string, Field>();
  for (const line of block.lines) {
    const [, key = '', value = ''] = /^([a-z ]+):(.+)$/.exec(line.text)?.map((part) => part.trim()) ?? [];
    if (key === '') throw line.wrong('write a name, a colon and what it is: ‘phone: 116 123’.');
    if (!keys.includes(key)) throw line.wrong(`there is no ‘${key}’ here; it takes ${keys.join(', ')}.`);
    if (fields.has(key)) throw line.wrong(`‘${key}’ is there twice; once is enough.`);
    fields.set(key, { key, value, line });
  }
  return fields;
}
