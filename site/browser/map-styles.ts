// By its address: a style sheet that a script imports would be linked from every page that might show a map.
import address from 'leaflet/dist/leaflet.css?url';

/**
 * Brings Leaflet's styles, once for each page.
 * @throws where they cannot be fetched
 */
export function leafletStyles(): Promise<void> {
  if (document.head.querySelector(`link[href="${address}"]`)) return Promise.resolve();
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = address;
  return new Promise((resolve, reject) => {
    link.addEventListener('load', () => resolve());
    link.addEventListener('error', () => {
      link.remove();
      reject(new Error('The styles of the map could not be fetched.'));
    });
    document.head.append(link);
  });
}
