import { statSync } from 'node:fs';
import { join } from 'node:path';
import { BrokenFileError } from './broken.ts';
import { codePoint } from './code-point.ts';
import { postcodeDirectory } from './directory.ts';
import { openSource } from './files.ts';
import type { Edition, PostcodeGathering } from './layout.ts';
import { withdrawn } from './withdrawn.ts';

const KNOWN =
  'expected Code-Point Open (the zip or its folder), the ONS Postcode Directory or NSPL (a CSV, .gz or zip), ' +
  'or a list of withdrawn postcodes (postcode,lat,lng). Download Code-Point Open from ' +
  'https://osdatahub.os.uk/downloads/open/CodePointOpen.';

/**
 * Reads every edition that a path holds, whole: a file, or a folder with several beside each other.
 * @param onProgress told of the share of bytes used up, 0 to 1
 * @throws BrokenFileError where anything in them is broken, or where nothing there is in a layout that is known
 */
export async function gather(
  path: string,
  gathering: Omit<PostcodeGathering, 'read'>,
  onProgress: (share: number) => void = () => {},
): Promise<Edition[]> {
  const source = await openSource(path);
  try {
    const jobs: { bytes: number; run: (read: (bytes: number) => void) => Promise<Edition[]> }[] = [];
    const add = (files: { size: number }[], run: (typeof jobs)[number]['run']) =>
      jobs.push({ bytes: files.reduce((sum, file) => sum + file.size, 0), run });

    const areas = await codePoint.files(source);
    if (areas.length > 0) add(areas, async (read) => [await codePoint.read(source, areas, { ...gathering, read })]);
    // Each of these files is an edition of its own.
    for (const layout of [postcodeDirectory, withdrawn]) {
      for (const file of await layout.files(source)) {
        add([file], async (read) => [await layout.read(source, [file], { ...gathering, read })]);
      }
    }
    if (statSync(path).isDirectory()) {
      for (const file of source.files.filter((each) => /\.zip$/i.test(each.path))) {
        add([file], (read) => {
          let told = 0;
          return gather(join(path, file.path), gathering, (share) => {
            read(share * file.size - told);
            told = share * file.size;
          });
        });
      }
    }
    if (jobs.length === 0) throw new BrokenFileError(path, `in no layout that is known; ${KNOWN}`);

    const all = jobs.reduce((sum, job) => sum + job.bytes, 0);
    const editions: Edition[] = [];
    let used = 0;
    for (const job of jobs) {
      editions.push(
        ...(await job.run((bytes) => {
          used += bytes;
          onProgress(Math.min(1, used / all));
        })),
      );
    }
    return editions;
  } finally {
    source.close();
  }
}
