import { announce } from './announce.ts';

/**
 * One key for each button of a moderator's form. A button that needs words leads to the field while it is empty, and
 * Ctrl+Enter there presses it. Without this script the buttons are there all the same.
 */

/** Kept in the moderator's own browser: 'off' where they do not want single keys. */
const SETTING = 'moderate-keys';
/** Milliseconds that the next one is on the screen before a key decides it: a key pressed twice meant the one before. */
const LOOKED = 1000;

class ModerateKeys extends HTMLElement {
  #leave: AbortController | null = null;
  /** The button whose words are being written. */
  #meant: HTMLButtonElement | null = null;
  /** When keys begin to decide, as performance.now() counts. */
  #from = 0;

  connectedCallback(): void {
    const form = this.closest('form');
    const toggle = this.querySelector('button');
    if (!form || !toggle) return;
    this.#leave = new AbortController();
    const { signal } = this.#leave;
    if (new URLSearchParams(location.search).has('done')) this.#from = performance.now() + LOOKED;
    this.hidden = false;
    const show = (): void => toggle.setAttribute('aria-pressed', String(isOn()));
    show();
    toggle.addEventListener(
      'click',
      () => {
        localStorage.setItem(SETTING, isOn() ? 'off' : 'on');
        show();
      },
      { signal },
    );
    document.addEventListener('keydown', (event) => this.#press(event, form), { signal });
  }

  disconnectedCallback(): void {
    this.#leave?.abort();
  }

  #press(event: KeyboardEvent, form: HTMLFormElement): void {
    const { target, key } = event;
    if (target instanceof HTMLTextAreaElement) {
      if (key === 'Enter' && (event.ctrlKey || event.metaKey) && this.#meant) {
        event.preventDefault();
        this.#meant.click();
      }
      return;
    }
    if (!isOn() || event.ctrlKey || event.altKey || event.metaKey || event.repeat || isField(target)) return;
    if (key === 'q') {
      location.assign('/moderate');
      return;
    }
    const pressed = form.querySelector<HTMLButtonElement>(`button[data-key="${CSS.escape(key)}"]`);
    if (!pressed) return;
    event.preventDefault();
    if (performance.now() < this.#from) return;
    const needs = pressed.dataset['needs'];
    const words = needs ? form.querySelector<HTMLTextAreaElement>(`[name="${needs}"]`) : null;
    if (words && words.value.trim() === '') {
      this.#meant = pressed;
      words.focus();
      announce('moderate-keys', `Write the words for ‘${pressed.textContent?.trim()}’, then press Control and Enter.`);
      return;
    }
    pressed.click();
  }
}

const isOn = (): boolean => localStorage.getItem(SETTING) !== 'off';
const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input:not([type="radio"], [type="checkbox"]), select, textarea');

customElements.define('moderate-keys', ModerateKeys);
