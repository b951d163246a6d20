import { writeSync } from 'node:fs';
import { createDirectory } from '../../../api/directory/directory.ts';
import { smtpCarrier } from '../../../api/notify/carriers.ts';
import { createPostman } from '../../../api/notify/postman.ts';
import { createSearchIndex } from '../../../api/search/index.ts';
import { readVocabulary } from '../../../api/search/text/vocabulary.ts';
import { publicListings } from '../../../api/store/listings.ts';
import { closeStore, openStore } from '../../../api/store/open.ts';
import { sayStillRight } from '../../../api/upkeep/confirm.ts';
import { upkeepPass } from '../../../api/upkeep/daily-pass.ts';

/**
 * What a server does by itself, in a process that the test may kill at any moment: answers of keepers, each acknowledged on
 * a line of its own once it is done, then a pass of the upkeep, then the mail.
 */

const { DATABASE = '', SMTP = '', MOMENT = '', KEYS = '' } = process.env;
const db = openStore(DATABASE);
const now = () => new Date(MOMENT);
const index = createSearchIndex(publicListings(db), readVocabulary('exercise, movement'));
const directory = createDirectory({ db, index, now });
const postman = createPostman({
  db,
  now,
  carrier: smtpCarrier(SMTP),
  letterhead: () => ({ from: 'signpost@example.org', replyTo: null, sender: {} }),
  site: () => 'https://signpost.example.org',
  log: () => undefined,
});

const say = (line: string) => writeSync(1, `${line}\n`);
say('begun');
for (const key of KEYS.split(',').filter(Boolean)) if (sayStillRight(directory, key) !== null) say(`done ${key}`);
const { faults } = await upkeepPass(directory);
if (faults.length > 0) say(`fault ${faults[0]}`);
await postman.deliver();
closeStore(db);
say('ended');
