import type { PointMap } from './point-map.ts';

/**
 * The pin of a venue on a map that can be dragged, in place of the still picture. The pin stands in the middle and the map
 * moves under it, so that dragging and the arrow keys both do; the buttons below go on working.
 */
class SignpostPoint extends HTMLElement {
  #map: PointMap | null = null;

  connectedCallback(): void {
    const offer = document.createElement('button');
    offer.type = 'button';
    offer.className = 'govuk-button govuk-button--secondary sp-button sp-button--quiet';
    offer.textContent = 'Move it by dragging the map';
    offer.addEventListener('click', () => void this.#show(offer));
    this.append(offer);
  }

  disconnectedCallback(): void {
    this.#map?.remove();
  }

  async #show(offer: HTMLElement): Promise<void> {
    const form = this.closest('form');
    const status = form?.querySelector<HTMLElement>('[data-point-status]');
    const put = (name: string, value: number) => {
      const input = form?.querySelector<HTMLInputElement>(`input[name="${name}"]`);
      if (input) input.value = value.toFixed(5);
    };
    try {
      const [{ pointMap }, { leafletStyles }] = await Promise.all([
        import('./point-map.ts'),
        import('./map-styles.ts'),
      ]);
      await leafletStyles();
      const canvas = document.createElement('div');
      canvas.className = 'sp-point__canvas';
      this.replaceChildren(canvas);
      const { latitude, longitude, zoom, tiles } = this.dataset;
      this.#map = pointMap(
        canvas,
        { latitude: Number(latitude), longitude: Number(longitude), zoom: Number(zoom), tiles: tiles ?? '' },
        (point, metres) => {
          put('latitude', point.latitude);
          put('longitude', point.longitude);
          if (status) status.textContent = `The pin is ${metres} metres from where it was.`;
        },
      );
      canvas.focus();
    } catch {
      offer.textContent = 'The map did not arrive. Press to try once more, or use the buttons below';
    }
  }
}

customElements.define('signpost-point', SignpostPoint);
