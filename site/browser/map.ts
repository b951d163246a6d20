import { legendOf } from './map-places.ts';
import type { MapContent, MapView } from './map-view.ts';

/**
 * The map's place in the page: a button that brings the map, and the link between list and map. Leaflet and its styles
 * are fetched when the button is pressed. Without this script there is no button, and the list says all that the map does.
 */

/** Whether the reader has asked for the map on this page: kept in memory alone, so that new filters do not close it. */
let wanted = false;
let count = 0;

class SignpostMap extends HTMLElement {
  #view: MapView | null = null;
  #leave: AbortController | null = null;

  connectedCallback(): void {
    const content = JSON.parse(this.dataset['content'] ?? '{}') as MapContent;
    this.replaceChildren();
    this.hidden = false;
    const id = `map-${++count}`;
    const toggle = button('govuk-button sp-button sp-button--quiet sp-map__toggle', 'Show the map');
    toggle.setAttribute('aria-expanded', 'false');
    toggle.setAttribute('aria-controls', id);
    const panel = document.createElement('div');
    panel.id = id;
    panel.hidden = true;
    this.append(toggle, panel);
    const set = (show: boolean): void => {
      wanted = show;
      panel.hidden = !show;
      toggle.textContent = show ? 'Hide the map' : 'Show the map';
      toggle.setAttribute('aria-expanded', String(show));
      if (show) void this.#show(panel, content, id);
      else this.#hide();
    };
    toggle.addEventListener('click', () => set(toggle.getAttribute('aria-expanded') === 'false'));
    if (wanted) set(true);
  }

  disconnectedCallback(): void {
    this.#hide();
  }

  #hide(): void {
    this.#leave?.abort();
    this.#leave = null;
    this.#view?.remove();
    this.#view = null;
  }

  async #show(panel: HTMLElement, content: MapContent, id: string): Promise<void> {
    this.#leave = new AbortController();
    const { signal } = this.#leave;
    const places = content.points.length === 1 ? '1 listing' : `${content.points.length} listings`;
    panel.setAttribute('role', 'region');
    panel.setAttribute('aria-label', `Map of ${places}`);
    const skip = document.createElement('a');
    skip.className = 'govuk-skip-link';
    skip.href = `#${id}-end`;
    skip.textContent = 'Skip the map';
    const status = document.createElement('p');
    status.className = 'govuk-visually-hidden';
    status.setAttribute('role', 'status');
    const canvas = document.createElement('div');
    canvas.className = 'sp-map__canvas';
    const legend = document.createElement('p');
    legend.className = 'sp-map__legend';
    legend.textContent = legendOf(content.points);
    legend.hidden = legend.textContent === '';
    const credit = document.createElement('p');
    credit.className = 'sp-map__credit';
    credit.textContent = this.dataset['attribution'] ?? '';
    const end = document.createElement('div');
    end.id = `${id}-end`;
    end.tabIndex = -1;
    panel.replaceChildren(skip, canvas, status, legend, credit, end);
    try {
      status.textContent = 'The map is on its way.';
      const { leafletStyles } = await import('./map-styles.ts');
      const [{ showMap }] = await Promise.all([import('./map-view.ts'), leafletStyles()]);
      if (signal.aborted) return;
      this.#view = showMap(canvas, content, status, (ids) => this.#markCards(ids));
      status.textContent = `The map shows ${places}.`;
      this.#followCards(signal);
    } catch {
      if (signal.aborted) return;
      canvas.remove();
      legend.remove();
      status.className = 'sp-map__credit';
      status.textContent =
        'The map did not arrive. Everything on it is in the list. Hide it and show it again to try once more.';
    }
  }

  /** The part of the page that holds the list as well as the map. */
  get #page(): Element {
    return this.closest('main') ?? document.body;
  }

  /** A card under the pointer, or with the focus in it, lights its marker. */
  #followCards(signal: AbortSignal): void {
    const idOf = (event: Event): string | null =>
      (event.target as Element).closest<HTMLElement>('[data-result-id]')?.dataset['resultId'] ?? null;
    for (const type of ['pointerover', 'focusin']) {
      this.#page.addEventListener(type, (event) => this.#view?.light(idOf(event)), { signal });
    }
    for (const type of ['pointerleave', 'focusout']) {
      this.#page.addEventListener(type, () => this.#view?.light(null), { signal });
    }
  }

  /** Cards of the listings whose popup is open are marked. */
  #markCards(ids: string[]): void {
    for (const card of this.#page.querySelectorAll<HTMLElement>('[data-result-id]')) {
      card.toggleAttribute('data-on-map', ids.includes(card.dataset['resultId'] ?? ''));
    }
  }
}

function button(className: string, text: string): HTMLButtonElement {
  const made = document.createElement('button');
  // The map may stand within a form of filters, which it does not send.
  made.type = 'button';
  made.className = `govuk-button govuk-button--secondary ${className}`;
  made.textContent = text;
  return made;
}

customElements.define('signpost-map', SignpostMap);
