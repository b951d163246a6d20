/** Where the numbers of charities and companies are looked up. The pages are opened by a moderator, never by this server. */

/** The page of a charity in the register of England and Wales, of Scotland, or of Northern Ireland. */
export function charityRegister(number: string): string {
  if (number.startsWith('SC'))
    return `https://www.oscr.org.uk/about-charities/search-the-register/charity-details?number=${number}`;
  if (number.startsWith('NI'))
    return `https://www.charitycommissionni.org.uk/charity-details/?regId=${number.replace(/\D/g, '')}`;
  return `https://register-of-charities.charitycommission.gov.uk/charity-details/?regid=${number}&subid=0`;
}

/** The page of a company in the register of the United Kingdom. */
export const companyRegister = (number: string): string =>
  `https://find-and-update.company-information.service.gov.uk/company/${number}`;
