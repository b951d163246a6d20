import type { Location } from './service.ts';

/** A place as one line of an envelope: its name, street, city and postcode, each once; '' where none is known. */
export const addressLine = ({ name, address }: { name: string | null; address?: Location['address'] }): string =>
  [name, address?.address_1, address?.address_2, address?.city, address?.postal_code]
    .filter((part, index, all) => part && all.indexOf(part) === index)
    .join(', ');
