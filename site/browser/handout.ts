import { announce } from './announce.ts';

/**
 * Where there are scripts, the handout gets buttons to print and to copy, and what changes it (order, size, language, a
 * link) happens in place, so that a greeting already written stays. Without them each is an ordinary link or form.
 */

/** How long a button says that it has copied, milliseconds. */
const SAID_MS = 4000;

/** Copies the text of a field; where the browser withholds the clipboard, the text is selected, ready for Ctrl and C. */
async function copy(button: HTMLElement, field: HTMLTextAreaElement): Promise<void> {
  field.select();
  const said = await navigator.clipboard.writeText(field.value).then(
    () => 'Copied',
    () => 'Press Ctrl and C',
  );
  const words = [...button.childNodes];
  button.textContent = said;
  announce('handout-status', said);
  setTimeout(() => button.replaceChildren(...words), SAID_MS);
}

/** The words that staff have written on the paper, by the name of the place; those as the page brought them are left out. */
function written(handout: Element): Map<string, string> {
  const places = [...handout.querySelectorAll<HTMLElement>('[data-edit][data-written]')];
  // innerText keeps the line breaks that somebody made.
  return new Map(
    // biome-ignore lint/performance/useDomNodeTextContent: textContent knows no line breaks
    places.map((place) => [place.dataset['edit'] ?? '', place.innerText]),
  );
}

/** What names a link across two versions of the page. */
const nameOf = (element: Element | null): string => element?.textContent?.replaceAll(/\s+/g, ' ').trim() ?? '';

async function swap(address: string, init?: RequestInit): Promise<void> {
  const handout = document.querySelector('[data-handout]');
  const response = await fetch(address, init).catch(() => null);
  const page = response?.ok ? new DOMParser().parseFromString(await response.text(), 'text/html') : null;
  const fresh = page?.querySelector('[data-handout]');
  if (!handout || !response || !fresh) return location.assign(address);
  const focused = nameOf(document.activeElement);
  const kept = written(handout);
  handout.replaceChildren(...fresh.childNodes);
  for (const place of handout.querySelectorAll<HTMLElement>('[data-edit]')) {
    const words = kept.get(place.dataset['edit'] ?? '');
    if (words === undefined) continue;
    // biome-ignore lint/performance/useDomNodeTextContent: textContent knows no line breaks
    place.innerText = words;
    place.dataset['written'] = '';
  }
  history.replaceState(null, '', response.url);
  attachHandout();
  const same = [...handout.querySelectorAll<HTMLElement>('[data-in-place], [data-in-place] button')].find(
    (element) => nameOf(element) === focused,
  );
  (same ?? handout.querySelector<HTMLElement>('[data-print]'))?.focus({ preventScroll: same !== undefined });
}

/** Gives the handout of this page what scripts add to it. */
export function attachHandout(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-print]')) {
    button.hidden = false;
    button.addEventListener('click', () => print());
  }
  for (const keys of document.querySelectorAll<HTMLElement>('[data-print-keys]')) keys.hidden = true;
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-copy-text]')) {
    const field = document.getElementById(button.dataset['copyText'] ?? '');
    if (!(field instanceof HTMLTextAreaElement)) continue;
    button.hidden = false;
    button.addEventListener('click', () => void copy(button, field));
  }
  for (const place of document.querySelectorAll<HTMLElement>('[data-edit]'))
    place.addEventListener('input', () => {
      place.dataset['written'] = '';
    });
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-in-place]'))
    link.addEventListener('click', (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      void swap(link.href);
    });
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-in-place]'))
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void swap(form.action, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' } });
    });
}
