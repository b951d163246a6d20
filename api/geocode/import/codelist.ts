import readSheets from 'read-excel-file/node';
import type { Source } from './files.ts';
import { isAreaCode } from './layout.ts';

/**
 * What the code list calls a kind of district or ward, which people leave out: 'Homerton Ward', 'Bude ED' (electoral
 * division), 'Hackney London Boro', 'Cambridge District (B)', 'City and County of the City of London'.
 */
const KIND = / (Ward|ED|London Boro|District)$/;
const STATUS = / \(B\)$/;

/** 'Homerton' of 'Homerton Ward'. */
const plainName = (name: string): string =>
  name
    .trim()
    .replace(STATUS, '')
    .replace(KIND, '')
    .replace(/^City and County of the /, '');

/**
 * Adds the names of districts and wards from Code-Point Open's Doc/Codelist.xlsx, two columns a sheet: name, code. Names
 * that are there already stay. Nothing is added where the list is missing or cannot be read: names are a courtesy, and
 * the built-in ones step in.
 */
export async function readCodelist(source: Source, names: Map<string, string>): Promise<void> {
  const file = source.files.find((each) => /(^|\/)Codelist\.xlsx$/i.test(each.path));
  if (!file) return;
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of await file.open()) chunks.push(chunk as Buffer);
    for (const { data } of await readSheets(Buffer.concat(chunks))) {
      for (const [name, code] of data) {
        if (typeof name !== 'string' || typeof code !== 'string' || !isAreaCode(code)) continue;
        if (!names.has(code)) names.set(code, plainName(name));
      }
    }
  } catch {
    // Left without names.
  }
}
