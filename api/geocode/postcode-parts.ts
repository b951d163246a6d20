import { outcodesOfGroup, postcodeAreaOf, readPostcode } from '../domain/postcode.ts';
import type { ServiceArea } from '../domain/service-area.ts';
import { geography } from './geography.ts';

/** Areas that are parts of postcodes. */

const outcodeArea = (code: string): ServiceArea => ({ type: 'outcode', code, name: code });

/**
 * Parts of postcodes: 'E8', 'E8 1', a whole postcode, 'SW1', 'BN postcodes', 'E5 to E9'; null for what is none.
 * @param core the text without what is written around the name
 */
export function postcodeParts(core: string, text: string): ServiceArea[] | null {
  if (!/\d/.test(core) && !/\bpost ?codes?\b/i.test(text)) return null;
  const { outcodes, sectors } = geography();
  const range = /^([A-Z]{1,2})(\d{1,2})\s*(?:-|–|—|\bto\b)\s*(?:\1)?(\d{1,2})$/i.exec(core.trim());
  if (range) {
    const [, letters = '', from = '', to = ''] = range;
    const numbers = Array.from({ length: Number(to) - Number(from) + 1 }, (_, at) => Number(from) + at);
    const codes = numbers.map((number) => `${letters.toUpperCase()}${number}`).filter((code) => outcodes.has(code));
    return codes.length > 1 ? codes.map(outcodeArea) : null;
  }
  const typed = readPostcode(core);
  const known = () => [...outcodes.values()].filter(({ live }) => live).map(({ outcode }) => outcode);
  switch (typed.kind) {
    case 'unit': {
      // One postcode is the address of somebody more often than an area: who lives around it is perhaps meant.
      const { sector } = typed;
      const around = { said_as: typed.postcode, approximate: true };
      return sectors.has(sector) ? [{ type: 'sector', code: sector, name: sector, ...around }] : null;
    }
    case 'sector':
      return sectors.has(typed.sector) ? [{ type: 'sector', code: typed.sector, name: typed.sector }] : null;
    case 'outcode': {
      if (outcodes.has(typed.outcode)) return [outcodeArea(typed.outcode)];
      const group = outcodesOfGroup(typed.outcode, known());
      return group.length > 0 ? group.map((code) => ({ ...outcodeArea(code), said_as: typed.outcode })) : null;
    }
    case 'area': {
      const all = known().filter((code) => postcodeAreaOf(code) === typed.area);
      return all.length > 0 ? all.map((code) => ({ ...outcodeArea(code), said_as: `${typed.area} postcodes` })) : null;
    }
    default:
      return null;
  }
}
