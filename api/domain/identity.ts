import { TAXONOMY, type TaxonomyGroup, taxonomyTerm } from './taxonomy.ts';

/** What a copy of the directory is called, says of itself and offers. Its owners change it on a page. */
export interface Identity {
  /** On every page, in titles, mails, on paper and in the descriptions of the API. */
  name: string;
  /** Under the heading of the first page. */
  welcome: string;
  /** Why there is this directory: the first paragraph about it. */
  story: string;
  /** The area that it is for, as people write it: 'Hackney'. Empty for none. */
  home: string;
  /** ONS codes of the districts of that area. */
  home_districts: string[];
  /** E-mail address or web page for questions; empty for the one in the settings of the server. */
  contact: string;
  /** Codes of categories that are not offered to choose from. What is listed under them is found all the same. */
  hidden_categories: string[];
  /** Languages that the handout is not offered in: 'pl'. */
  hidden_languages: string[];
}

/** The one place of each default. */
export const IDENTITY_DEFAULTS: Identity = {
  name: 'Signpost',
  welcome:
    'Type a postcode. See the groups, classes, advice and company that are near, and whether each is open to that address. As far as we know it, we say when it meets, what it costs and how to get in, and whose word that is.',
  story:
    'Pain clinicians in Hackney were asked what one thing would help them most. They asked for one list of what goes on locally: groups, classes, advice and company, found by postcode and kept up to date. Then people would have somewhere good to go when their treatment ends.',
  home: '',
  home_districts: [],
  contact: '',
  hidden_categories: [],
  hidden_languages: [],
};

/** Whether the contact is an e-mail address, and no web page. */
export const isAddress = (contact: string): boolean => contact.includes('@') && !/^https?:/.test(contact);

/** Whether a category, or a group with any category left, is offered to choose from. */
export const offersCategory = ({ hidden_categories: hidden }: Identity, code: string): boolean => {
  const group = TAXONOMY.find((candidate) => candidate.code === code);
  if (group) return group.terms.some((term) => !hidden.includes(term.code));
  return taxonomyTerm(code) !== undefined && !hidden.includes(code);
};

/** The groups with the categories that are offered; a group without any is left out. */
export const offeredCategories = (identity: Identity): TaxonomyGroup[] =>
  TAXONOMY.map((group) => ({
    ...group,
    terms: group.terms.filter(({ code }) => offersCategory(identity, code)),
  })).filter(({ terms }) => terms.length > 0);
