import { ExitThisPage } from 'govuk-frontend/dist/govuk/components/exit-this-page/exit-this-page.mjs';

/** Within so many milliseconds; the component gives Shift as long. */
const WITHIN_MS = 5000;
const TIMES = 3;

/** Lets people leave the page at once: by the button, by Shift three times (the component's own), or by Escape three times. */
export function attachLeaving(): void {
  const root = document.querySelector<HTMLElement>('[data-module="govuk-exit-this-page"]');
  if (!root) return;
  // The component asks for it, as a sign that the browser can run it: what runs this module can.
  document.body.classList.add('govuk-frontend-supported');
  new ExitThisPage(root);
  let pressed: number[] = [];
  document.addEventListener(
    'keyup',
    ({ key, timeStamp }) => {
      if (key !== 'Escape') return;
      pressed = [...pressed.filter((before) => timeStamp - before < WITHIN_MS), timeStamp];
      if (pressed.length >= TIMES) root.querySelector('a')?.click();
    },
    true,
  );
}
