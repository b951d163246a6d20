/** The encodings of one byte a letter that programs in the United Kingdom have saved files in. */

export const SINGLE_BYTE = ['Windows-1252', 'DOS (code page 850)', 'Mac Roman'] as const;
export type SingleByte = (typeof SINGLE_BYTE)[number];

/** Of the bytes from 0x80 on; Windows-1252 and Mac Roman are the platform's, which lacks code page 850 (Unicode, CP850.TXT). */
const CP850 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0';

const upperHalf = (label: string): string =>
  new TextDecoder(label).decode(Uint8Array.from({ length: 128 }, (_, index) => 0x80 + index));

const TABLES: Readonly<Record<SingleByte, string>> = {
  'Windows-1252': upperHalf('windows-1252'),
  'DOS (code page 850)': CP850,
  'Mac Roman': upperHalf('macintosh'),
};

/** The character of a byte from 0x80 on. */
export const characterOf = (byte: number, encoding: SingleByte): string => TABLES[encoding][byte - 0x80] ?? '\ufffd';
