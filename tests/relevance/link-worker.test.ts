import { beforeAll, describe, expect, it } from 'vitest';
import { type Directory, openDirectory } from './directory.ts';

/**
 * What a link worker types in a day, as short as people write who have somebody beside them. Each has something that helps
 * among the first three, or the answer says that there is none. From E8 1EA, over the sample directory.
 */
const SEARCHES: readonly [typed: string, ...helps: string[]][] = [
  ['housing debt and low mood', 'Fenbridge Debt Clinic', 'Fenbridge Advice Morning', 'Roof and Rent Advice'],
  ['new mum isolated', "Green Lamp Parents' Morning", 'Sparrow Stay and Play', 'Sparrow Home Visitors'],
  ['carer needs a break at home', 'Two Hours Off'],
  ['hearing voices', 'Amber House Hearing Voices Circle'],
  ['hoarding', 'Clear a Path'],
  ['somewhere warm today', 'Marshlight Warm Room', 'Threadgate Open Door', 'Wash and Warm'],
  ['walking group on Tuesday mornings', 'Walking With Poles'],
  ['befriending for a housebound woman of 86', 'Doorstep Friends'],
  ['awake all night and nobody to talk to', 'Porch Lamp Night Voices'],
  ['help with PIP form', 'Help with Disability Benefit Forms'],
  ['man of 70 lost his wife, likes making things', "Tinker's Shed", 'The Empty Chair Café'],
  ['Turkish speaking woman with chronic pain', 'Ağrıyla Yaşamak: Türkçe Destek Grubu'],
  ['no food until Friday', 'Open Kettle Food Shelf', 'Lime Tree Food Club'],
  ['82, keeps falling, wants to get stronger', 'Steady Legs', 'Sit Strong at Willow Yard', 'Homestead Movers'],
  ['drinking too much and wants to stop', 'Reedbed Open Door', 'Dry Friday'],
  ['husband has dementia, something to do together', 'Songs We Know', 'The Marmalade Café'],
  ['asylum seeker wants to learn English', 'English Over Soup', 'New Hearth Monday'],
  ['veteran with nightmares', 'Lantern Mess Night Desk', 'Boots Off Breakfast', 'Kit Bag: Advice for Veterans'],
  ['autism, adult, social'],
  ['cancer support group'],
];

describe('what a link worker types', () => {
  let directory: Directory;
  beforeAll(() => {
    directory = openDirectory();
  });

  it.each(SEARCHES)('%s', async (typed, ...helps) => {
    const { list, matches } = await directory.ask(typed, 'E8 1EA');
    if (helps.length === 0) expect(matches).toEqual([]);
    else expect(list.slice(0, 3).filter((name) => helps.includes(name))).not.toEqual([]);
  });
});
