import { announce } from './announce.ts';
import { attachSuggestions } from './suggest.ts';

/**
 * Filters that apply at once: a changed filter fetches the very page that the form would lead to and puts its main part
 * in place of this one, so that focus, open groups and scrolling stay. Without this, the form is an ordinary form.
 */

let running: AbortController | undefined;

/** What names a control across two versions of a page. */
const nameOf = (element: Element | null): string | null =>
  element instanceof HTMLInputElement || element instanceof HTMLSelectElement
    ? `:not([type="hidden"])[name="${CSS.escape(element.name)}"]${element instanceof HTMLInputElement && element.type !== 'text' ? `[value="${CSS.escape(element.value)}"]` : ''}`
    : null;

async function swap(address: string): Promise<void> {
  running?.abort();
  running = new AbortController();
  const main = document.querySelector('main');
  if (!main) return;
  main.setAttribute('aria-busy', 'true');
  try {
    const response = await fetch(address, { signal: running.signal });
    if (!response.ok) return location.assign(address);
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    const fresh = page.querySelector('main');
    if (!fresh) return location.assign(address);
    const focused = nameOf(document.activeElement);
    const open = [...main.querySelectorAll('details')].map((details) => details.open);
    for (const [index, details] of [...fresh.querySelectorAll('details')].entries())
      if (open[index]) details.open = true;
    main.replaceChildren(...fresh.childNodes);
    document.title = page.title;
    attach();
    if (focused) main.querySelector<HTMLElement>(focused)?.focus({ preventScroll: true });
    announce('results-status', (main.querySelector('.sp-summary')?.textContent ?? '').replaceAll(/\s+/g, ' ').trim());
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'AbortError')) location.assign(address);
  } finally {
    main.removeAttribute('aria-busy');
  }
}

const addressOf = (form: HTMLFormElement): string => {
  const params = new URLSearchParams();
  for (const [name, value] of new FormData(form))
    if (typeof value === 'string' && value !== '') params.append(name, value);
  return `${form.getAttribute('action')}?${params}`;
};

function attach(): void {
  attachSuggestions(document);
  const form = document.querySelector<HTMLFormElement>('form[data-filters]');
  if (!form) return;
  // A postcode among the words is taken out by the server, and must not come into the history before.
  const holdsPostcode = () =>
    /[a-z]\d[a-z\d]?[\s-]*\d[a-z]{2}/i.test(form.querySelector<HTMLInputElement>('[name="q"]')?.value ?? '');
  const apply = () => {
    if (holdsPostcode()) return form.submit();
    const address = addressOf(form);
    history.pushState(null, '', address);
    void swap(address);
  };
  form.addEventListener('change', (event) => {
    if (event.target instanceof HTMLInputElement && event.target.type === 'text') return;
    apply();
  });
  form.addEventListener('submit', (event) => {
    if (holdsPostcode()) return;
    event.preventDefault();
    apply();
  });
}

if (document.querySelector('form[data-filters]'))
  addEventListener('popstate', () => void swap(location.pathname + location.search));
attach();
