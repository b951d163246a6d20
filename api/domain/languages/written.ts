/**
 * In which language a text is written, where that can be told rightly: by its script and letters, or, of English and Welsh,
 * by the small words that no sentence does without. Programs that guess among all languages take Welsh for Tiv; this one
 * says nothing where it cannot know, so that no page is read out in the wrong voice.
 */

/** BCP 47 for a language that nobody knows. */
export const UNDETERMINED = 'und';

/** Characters that are looked at. */
const MOST_CHARACTERS = 4000;

/** Scripts that one living language is written in, or nearly so. */
const SCRIPTS: readonly [RegExp, string][] = [
  [/\p{Script=Hangul}/gu, 'ko'],
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/gu, 'ja'],
  [/\p{Script=Han}/gu, 'zh'],
  [/\p{Script=Greek}/gu, 'el'],
  [/\p{Script=Gurmukhi}/gu, 'pa'],
  [/\p{Script=Gujarati}/gu, 'gu'],
  [/\p{Script=Bengali}/gu, 'bn'],
  [/\p{Script=Tamil}/gu, 'ta'],
  [/\p{Script=Telugu}/gu, 'te'],
  [/\p{Script=Kannada}/gu, 'kn'],
  [/\p{Script=Malayalam}/gu, 'ml'],
  [/\p{Script=Sinhala}/gu, 'si'],
  [/\p{Script=Thai}/gu, 'th'],
  [/\p{Script=Georgian}/gu, 'ka'],
  [/\p{Script=Armenian}/gu, 'hy'],
];

const ARABIC = /\p{Script=Arabic}/gu;
const CYRILLIC = /\p{Script=Cyrillic}/gu;
const LATIN = /\p{Script=Latin}/gu;

/** Words that are written in the script of Arabic, by language; each is of that language alone. */
const ARABIC_WORDS: Readonly<Record<string, ReadonlySet<string>>> = {
  ar: new Set('في من على إلى كل مع هذا هذه التي الذي أو عن بعد قبل يوم لكم نحن'.split(' ')),
  fa: new Set('است در به از را برای این هر می‌شود هستند شما روز که'.split(' ')),
  ur: new Set('ہے ہیں میں کے کی کا اور سے کو ہر پر لیے ہمارے آپ'.split(' ')),
};

/** Small words, and those that listings are made of; none of them is a word of Welsh. */
const ENGLISH = new Set(
  'the and of for to with is are you your we our us in at on from this that be or if it every who have has can will all their they was not by as but about what when where any there which please come into out how group groups people support week weekly weekdays morning afternoon evening monday tuesday wednesday thursday friday saturday sunday free welcome meet meets meeting community help adults children women men older young walking drop advice health activities friendly local class classes session sessions coffee tea lunch church hall open space warm beginners service services information friends family families'.split(
    ' ',
  ),
);
/** Small words, and those that listings are made of; none of them is a word of English. */
const WELSH = new Set(
  'yr yn ac ar ni mae gyda gan ein neu bob dydd yw wedi gallwch byddwch chi eich oes sydd ydych rydym pob hefyd cael bydd dewch wrth drwy rhwng ond nid oedd fel eu ei gael pobl ymuno croeso ydy ydyn bod dod beth pan bore prynhawn coffi clwb grŵp neuadd canolfan cymuned gymuned cymunedol gymunedol plant teuluoedd sgwrs cinio ifanc cerdded cymraeg llyfrgell dydd gwener llun mawrth mercher iau sadwrn sul bant yma yno drws agored am o i y'.split(
    ' ',
  ),
);
/** Those that neither Dutch nor German nor the languages of the north have. */
const ENGLISH_ALONE = new Set(
  [...ENGLISH].filter(
    (word) =>
      !/^(?:of|for|to|is|we|us|in|at|on|or|if|it|was|but|as|all|not|by|be|have|can|so|week|group|open|warm|out|tea|lunch|local|support|service|information|session|what|walking|hall|health)$/.test(
        word,
      ),
  ),
);
/** Letters that English writes in no word of its own or borrowed ('café', 'Zoë'). */
const FOREIGN_LETTERS = /[^a-zàâçéèêëïîñôöü'’]/;
/** Of these, alone, nothing follows: they are letters, initials and parts of times. */
const WEAK = new Set(['am', 'o', 'i', 'y']);

const wordsOf = (text: string): string[] => text.toLowerCase().match(/\p{L}[\p{L}\p{M}'’\u200c]*/gu) ?? [];
const countOf = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** Whether nothing in the letters of a text speaks against English; of any other language nobody can say so. */
export const mayBeWrittenIn = (text: string, tag: string): boolean =>
  tag === 'en' && !wordsOf(text.slice(0, MOST_CHARACTERS)).some((word) => FOREIGN_LETTERS.test(word));

/** The tag of the language that a text is written in; null where that cannot be told. */
export function languageOfText(given: string): string | null {
  // Addresses are no words of any language.
  const text = given.slice(0, MOST_CHARACTERS).replace(/\b(?:https?:\/\/|www\.)\S{1,300}|\S{1,80}@\S{1,80}/gi, ' ');
  const letters = countOf(text, /\p{L}/gu);
  if (letters === 0) return null;
  // Names of places and brands stand in Latin letters amid any script.
  const isMostly = (count: number) => count > letters * 0.6;
  for (const [script, tag] of SCRIPTS) if (isMostly(countOf(text, script))) return ofScript(text, tag);
  const japanese = countOf(text, /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/gu);
  if (isMostly(japanese)) return 'ja';
  if (isMostly(countOf(text, ARABIC))) return ofArabic(text);
  if (isMostly(countOf(text, CYRILLIC))) return ofCyrillic(text);
  return isMostly(countOf(text, LATIN)) ? ofLatin(text) : null;
}

/** Characters of China are written amid the syllables of Japan; Assamese has two letters that Bengali lacks. */
function ofScript(text: string, tag: string): string | null {
  if (tag === 'zh' && /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) return 'ja';
  return tag === 'bn' && /[ৰৱ]/u.test(text) ? null : tag;
}

function ofArabic(text: string): string | null {
  // Kurdish, Pashto, Sindhi and Uyghur have letters of their own.
  if (/[ڵڕۆێەټځڅډړږښڼۍېڀڃڇڊڍڏڙڦڪڳڱڻۇۈۋڭ]/u.test(text)) return null;
  const words = new Set(wordsOf(text));
  const counts = Object.entries(ARABIC_WORDS)
    .map(([tag, known]) => ({ tag, count: [...words].filter((word) => known.has(word)).length }))
    .sort((a, b) => b.count - a.count);
  const [best, second] = counts;
  return best && second && best.count >= 2 && best.count > second.count * 2 ? best.tag : null;
}

function ofCyrillic(text: string): string | null {
  const lower = text.toLowerCase();
  if (/[ўәөүқғңһҗђћљњџј]/u.test(lower)) return null;
  if (/[їєґ]/u.test(lower)) return /[ыэё]/u.test(lower) ? null : 'uk';
  return /[ыэ]/u.test(lower) && !/і/u.test(lower) ? 'ru' : null;
}

function ofLatin(text: string): string | null {
  const words = wordsOf(text);
  const distinct = [...new Set(words)];
  const english = distinct.filter((word) => ENGLISH.has(word)).length;
  const welsh = distinct.filter((word) => WELSH.has(word) && !WEAK.has(word)).length;
  const weak = distinct.filter((word) => WEAK.has(word)).length;
  // Of two languages in one text neither is that of the text.
  if (welsh >= 2 && welsh + weak > english * 2) return 'cy';
  const others = distinct.filter((word) => FOREIGN_LETTERS.test(word)).length;
  const enough = english >= 2 && english * 5 >= Math.min(distinct.length, 40);
  const own = distinct.filter((word) => ENGLISH_ALONE.has(word)).length;
  return enough && own > 0 && english > (welsh + others) * 3 ? 'en' : null;
}
