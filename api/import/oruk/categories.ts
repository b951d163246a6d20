import type { Service } from '../../domain/service.ts';
import { TAXONOMY_TERMS } from '../../domain/taxonomy.ts';

/**
 * Other people's terms under our own categories: whole words or beginnings of words (with *) that stand in the name of a
 * term, or, where no term is known, in the name of the service. The first that fits comes first. docs/import.md shows it.
 */
const TABLE: readonly [code: string, words: string][] = [
  [
    'warm-spaces',
    'warm space*, warm hub*, warm place*, warm bank*, warm welcome*, warm and welcom*, welcoming space*, warm place*, cwtch, croeso cynnes, keep warm',
  ],
  ['living-with-pain', 'pain, fibromyalgia, arthritis, back care, long term condition*, long-term condition*'],
  ['bereavement', 'bereave*, grief, funeral*'],
  ['dementia', 'dementia, alzheimer*, memory cafe*, memory café*'],
  ['carers', 'carer*, caring for someone, young carer*'],
  ['addiction', 'addiction*, alcohol*, drug*, substance*, gambling, recovery'],
  ['abuse-crime', 'domestic abuse, domestic violence, sexual violence, abuse, hate crime, victim*, refuge'],
  [
    'mental-health',
    'mental health, wellbeing, well-being, counselling, anxiety, depression, talking therap*, suicide, stress',
  ],
  ['befriending', 'befriend*, loneliness, isolation, companionship'],
  ['peer-support', 'peer support, support group*, self help, self-help'],
  ['lgbtq', 'lgbt*, gay, lesbian, bisexual, transgender, trans people'],
  ['refugees-migrants', 'refugee*, asylum*, migrant*, esol, immigration'],
  ['armed-forces', 'veteran*, armed forces, military'],
  [
    'disability',
    'disab*, learning difficult*, autis*, send, deaf, sensory, sight loss, blind, visual impair*, wheelchair*',
  ],
  ['older-people', 'older people, older adult*, elderly, over 50*, over 55*, over 60*, pension*, senior*, ageing'],
  ['young-people', 'young people, youth, teen*, scout*, guides, cadets'],
  [
    'families',
    'famil*, parent*, baby, babies, toddler*, playgroup*, childcare, children*, early years, pregnan*, nursery',
  ],
  ['money-debt', 'debt*, money, benefit*, financ*, welfare rights, budget*, cost of living, credit union*'],
  ['food', 'food*, meal*, lunch*, breakfast*, pantry, soup*, hot meals'],
  ['housing', 'hous*, homeless*, tenan*, accommodation, rough sleep*'],
  ['work-training', 'employ*, job*, training, work, skills, career*, adult learning, education, apprentic*'],
  ['transport', 'transport*, dial-a-ride, community car*, minibus*'],
  [
    'help-at-home',
    'home help, help at home, shopping, handyperson*, gardening service*, home care, domiciliary, care at home',
  ],
  ['clothing-furniture', 'cloth*, furniture, reuse, repair cafe*, repair café*, charity shop*'],
  ['volunteering', 'volunteer*'],
  ['community-groups', 'community development, funding advice, infrastructure, support for groups'],
  ['advice', 'advice, information, advocacy, legal, citizens, guidance, consumer*'],
  ['digital-help', 'digital, librar*, computer*, internet, online skills'],
  [
    'movement',
    'sport*, exercise, fitness, walking, walk*, yoga, pilates, swim*, dance*, football, cycling, gym, tai chi, physical activit*',
  ],
  ['arts', 'art, arts, craft*, music, choir*, singing, theatre, drama, knit*, painting, heritage, museum*'],
  ['nature', 'garden*, nature, allotment*, conservation, outdoor*, environment*'],
  ['faith', 'faith, church*, worship, prayer*, mosque*, religio*, chaplain*'],
  [
    'social-clubs',
    'social, club*, coffee morning*, café*, cafe*, lunch club*, friendship, community cafe*, drop-in, drop in',
  ],
  ['community-halls', 'community centre*, community hall*, village hall*, venue hire, hall, room hire, community hub*'],
  ['hobbies', 'activit*, hobb*, leisure, games, recreation'],
];

const PATTERNS = TABLE.map(([code, words]) => {
  const each = words.split(', ').map((word) => word.replace(/[-]/g, '[- ]').replace(/\*$/, '[\\p{L}\\p{N}]*'));
  return { code, pattern: new RegExp(`(?<![\\p{L}\\p{N}])(?:${each.join('|')})(?![\\p{L}\\p{N}])`, 'iu') };
});

const CODES = new Map(
  TAXONOMY_TERMS.flatMap(
    ({ code, name }) =>
      [
        [code, code],
        [name.toLowerCase(), code],
      ] as const,
  ),
);
const MOST = 6;

/** Our codes for the names of terms, at most six, the first name's first. */
export function categoriesOf(names: readonly string[]): string[] {
  const found = names.flatMap((name) => {
    const own = CODES.get(name.trim().toLowerCase());
    return own === undefined ? PATTERNS.filter(({ pattern }) => pattern.test(name)).map(({ code }) => code) : [own];
  });
  return [...new Set(found)].slice(0, MOST);
}

const KINDS: readonly [Service['kind'], readonly string[]][] = [
  ['social', ['warm-spaces', 'social-clubs', 'befriending', 'community-halls']],
  ['volunteering', ['volunteering', 'community-groups']],
  ['peer_support', ['peer-support', 'bereavement', 'addiction', 'carers', 'lgbtq', 'living-with-pain', 'dementia']],
  ['activity', ['hobbies', 'movement', 'arts', 'nature', 'faith', 'young-people', 'families', 'older-people']],
];

/** The kind of thing that is usual under a category. */
export const kindOfCategory = (category: string): Service['kind'] =>
  KINDS.find(([, codes]) => codes.includes(category))?.[0] ?? 'advice';
