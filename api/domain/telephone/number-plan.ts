import { parsePhoneNumberFromString } from 'libphonenumber-js/max';

/** Which digits are a number that somebody answers, and what is dialled to reach it. */

/** A number as it is dialled. */
export interface Dialled {
  /** 'tel:' or 'sms:' and what follows, without an extension. */
  dial: string;
  /** The digits as they are dialled within the United Kingdom, for comparing; of a number abroad, with 00 before them. */
  national: string;
  /** It goes to texts alone. */
  text?: true;
  /** A 0 was put before it. */
  restored?: true;
}

/**
 * Numbers of three and six digits that anybody can ring: emergency and public services, 18000 by textphone (Ofcom, National Telephone Numbering
 * Plan), numbers of social value in all of Europe (116), directory enquiries (118).
 */
const SHORT = /^(?:999|18000|112|101|105|111|119|159|116\d{3}|118\d{3})$/;
/** Numbers of mobile networks for texts: five to seven digits, which a call rarely reaches. */
export const TEXT_CODE = /^[5-8]\d{4,6}$/;
/** Shout's, which goes by its digits alone. */
const KNOWN_TEXT_CODE = '85258';
/** What Relay UK puts before a number: 18001 to be heard, 18002 to speak. */
const RELAY = /^1800[12]$/;

/**
 * Ten digits after the 0, of a range that is in use (Ofcom). The library knows which blocks were given out when it was made;
 * newer blocks, and those that Ofcom keeps for drama, are numbers too.
 */
const TEN_DIGITS = /^(?:1\d|2[03489]|3[0347]|5[56]|7\d|8[0247]|9[018])\d{8}$/;
/** Ofcom's numbers for drama that the library calls invalid. */
const DRAMA = /^(?:7700900|1632960)\d{3}$/;

const isGiven = (international: string): boolean => parsePhoneNumberFromString(international)?.isValid() ?? false;
const isSurelyBritish = (digits: string): boolean => DRAMA.test(digits) || isGiven(`+44${digits}`);
const isBritish = (digits: string): boolean =>
  TEN_DIGITS.test(digits) || (/^(?:[18]\d{8}|8\d{6})$/.test(digits) && isGiven(`+44${digits}`));

const british = (digits: string): Dialled => ({ dial: `tel:+44${digits}`, national: `0${digits}` });

const abroad = (digits: string): Dialled | null =>
  digits.length >= 8 && digits.length <= 15 && isGiven(`+${digits}`)
    ? { dial: `tel:+${digits}`, national: `00${digits}` }
    : null;

const ofCountry = (digits: string): Dialled | null => {
  if (!digits.startsWith('44')) return abroad(digits);
  const within = digits.slice(2).replace(/^0/, '');
  return isBritish(within) ? british(within) : null;
};

/**
 * What some digits reach; null where they reach nothing.
 * @param digits without anything between
 * @param country they begin with the code of a country, after a +
 * @param alone nothing else stands beside them, so that a 0 may have been lost to a spreadsheet, which takes 07700 900123
 *   for a figure
 */
export function dialled(digits: string, country: boolean, alone: boolean): Dialled | null {
  if (country) return ofCountry(digits);
  if (digits.startsWith('00')) return ofCountry(digits.slice(2));
  if (digits.startsWith('0')) return isBritish(digits.slice(1)) ? british(digits.slice(1)) : null;
  if (SHORT.test(digits)) return { dial: `tel:${digits}`, national: digits };
  if (digits === KNOWN_TEXT_CODE) return textCode(digits);
  if (RELAY.test(digits.slice(0, 5))) return relayed(digits);
  if (/^440?\d{9,10}$/.test(digits)) return ofCountry(digits);
  if (alone && /^(?:\d{9,10}|8\d{6})$/.test(digits) && isSurelyBritish(digits))
    return { ...british(digits), restored: true };
  return null;
}

/** A short number that is said to be for texts. */
export const textCode = (digits: string): Dialled => ({ dial: `sms:${digits}`, national: digits, text: true });

/** The relay's digits are dialled before the number as it stands, which must be one of the United Kingdom. */
function relayed(digits: string): Dialled | null {
  const to = dialled(digits.slice(5), false, false);
  if (to === null || !/^(?:0|\d{3}$|116)/.test(to.national) || to.national.startsWith('00')) return null;
  return { dial: `tel:${digits.slice(0, 5)}${to.national}`, national: `${digits.slice(0, 5)}${to.national}` };
}
