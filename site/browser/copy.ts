import { announce } from './announce.ts';

/**
 * A button beside each value that is to be typed elsewhere. Without this script the value is plain text to select. The
 * clipboard is touched by a click alone; where the browser withholds it (an address without https, an old browser), the
 * value is selected instead, ready for Ctrl and C.
 */

/** How long a button says that it has copied, milliseconds. */
const SAID_MS = 4000;

function select(value: HTMLElement): void {
  const range = document.createRange();
  range.selectNodeContents(value);
  const selection = getSelection();
  selection?.removeAllRanges();
  selection?.addRange(range);
}

async function copied(value: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(value.textContent?.trim() ?? '');
    return true;
  } catch {
    select(value);
    return false;
  }
}

function attach(value: HTMLElement): void {
  const what = value.dataset['copy'] ?? '';
  // A region that is there before it speaks is heard by every screen reader.
  announce('copy-status', '');
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'sp-copy';
  const word = document.createElement('span');
  word.textContent = 'Copy';
  const rest = document.createElement('span');
  rest.className = 'govuk-visually-hidden';
  rest.textContent = ` ${what}: ${value.textContent?.trim()}`;
  button.append(word, rest);
  let timer = 0;
  button.addEventListener('click', async () => {
    const done = await copied(value);
    word.textContent = done ? 'Copied' : 'Press Ctrl and C';
    announce('copy-status', done ? `Copied ${what}` : `The ${what} is selected. Press Control and C to copy it`);
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      word.textContent = 'Copy';
      announce('copy-status', '');
    }, SAID_MS);
  });
  value.after(' ', button);
}

for (const value of document.querySelectorAll<HTMLElement>('[data-copy]')) attach(value);
