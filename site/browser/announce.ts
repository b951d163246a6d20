/**
 * Tells screen readers something without moving the focus. The live region stands at the end of the body, outside what a
 * page may swap, or it would not be heard to change.
 * @param id of the region, made when it is first needed: one for each kind of news
 */
export function announce(id: string, text: string): void {
  let region = document.getElementById(id);
  if (!region) {
    region = document.createElement('div');
    region.id = id;
    region.className = 'govuk-visually-hidden';
    region.setAttribute('role', 'status');
    document.body.append(region);
  }
  region.textContent = text;
}
