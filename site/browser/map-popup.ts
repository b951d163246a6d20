import type { Place } from './map-places.ts';

/** An element with its class, attributes and children, made without markup so that no text can be taken for any. */
function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Record<string, string>,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children);
  return made;
}

/** What a marker opens: the listings that meet at a place, each a link to its page. */
export function popupContent(place: Place): HTMLElement {
  const items = place.points.map(({ name, href, note }) =>
    element(
      'li',
      {},
      element('a', { class: 'govuk-link', href }, name),
      ...(note === '' ? [] : [element('p', { class: 'sp-map__note' }, note)]),
    ),
  );
  const several = place.points.length > 1;
  const label = several ? `${place.points.length} listings at this place` : place.points[0].name;
  return element(
    'div',
    { class: 'sp-map__popup', role: 'dialog', 'aria-label': label, tabindex: '-1' },
    ...(several ? [element('p', { class: 'sp-map__count' }, label)] : []),
    element('ul', { class: 'sp-map__listings' }, ...items),
  );
}
