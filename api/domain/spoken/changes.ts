/**
 * Words that change when something meets: how often, which of the month, from when, until when, when not. Where such a
 * word stands beside hours and cannot be read, the hours alone would be false.
 */

const PLACE = '(?:1st|2nd|3rd|4th|5th|first|second|third|fourth|fifth|last)';
const WEEKDAY = '(?:mon|tue|wed|thu|fri|sat|sun)';
const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';

const OF_TIME: readonly RegExp[] = [
  // How often.
  /\b(?:fort\s?night(?:ly)?|alternat\w*|bi-?(?:weekly|monthly)|monthly|quarterly|termly|p?[bp]ythefnos|misol)\b/,
  /\bevery\s+(?:other|second|third|fourth|2nd|3rd|4th|few|two|three|four|six|\d+)\b/,
  /\b(?:once|twice|two|three|\d)\s+(?:\w+days?\s+)?(?:a|per|each|every|in the)\s+(?:month|year|fortnight|term)\b/,
  /\b(?:of|each|every|a|per|in|unwaith y|o'r|y)\s+(?:the\s+|each\s+|every\s+)?(?:month|mis)\b/,
  /\b(?:some|most|certain|selected|occasional|alternate)\s+(?:weeks?|mornings?|days?|dates?|\w+days?)\b/,
  /\bdates?\b.{0,20}\b(?:var\w*|tb[ac]|change|differ|below|confirmed|website|facebook|advertised|announced)\b|\btb[ac]\b|\bvar(?:y|ies|iable|ious)\b/,
  /\b(?:odd|even)(?:[- ]numbered)?\s+weeks?\b|\bweeks?\s+[ab]\b/,
  /\b(?:two|three|four|six|[2-6])[- ]weekly\b|\b(?:see|check|ask|ring|call|contact|phone|visit)\b.{0,30}\bfor (?:the |our )?dates\b/,
  /\bonce only\b|\bone[- ]off\b|\boccasional(?:ly)?\b|\bnot every\b/,
  // Which of the month.
  new RegExp(
    `\\b${PLACE}\\b(?=\\s*(?:(?:and|&|,|/|or|-)\\s*(?:the\\s+)?${PLACE}\\b|of (?:the|each|every|month|a)\\b|in (?:the )?month|weeks?\\b|${WEEKDAY}))|^(?:the )?${PLACE}$`,
  ),
  new RegExp(`\\b${WEEKDAY}\\w*\\s+(?:cyntaf|olaf)\\b|\\b(?:cyntaf|olaf)\\b`),
  // When not.
  /\bnot\s+(?:on|in|during|at|the|over|\d|mon|tue|wed|thu|fri|sat|sun|bank|public|school|half|christmas|xmas|easter|summer|every|open|running|meeting|taking|held|this|next|always|all)/,
  new RegExp(`\\bnot\\s+${MONTH}\\b`),
  /\b(?:except\w*|excl(?:ud\w*)?|exc|apart from|other than|ac eithrio|heblaw)\b/,
  /\b(?:no|without)\s+(?:\w+\s+)?(?:sessions?|meetings?|class(?:es)?|groups?|clubs?|cafe|service)\b/,
  /\b(?:closed|closes? for|closure|shut|cancel\w*|suspend\w*|paus\w*|postpon\w*|on hold|no longer|stopped|break|ar gau)\b/,
  /\b(?:until further notice|for now|at the moment|temporar\w*|currently)\b/,
  // From when, until when.
  /\b(?:start(?:s|ed|ing)?|begin(?:s|ning)?|commenc\w*|launch\w*|resum\w*|restart\w*|re-?open\w*|return(?:s|ing)|back on|since|ends?|ending|finish(?:es|ing)?|runs? (?:from|until))\b/,
  /\b(?:until|till?|from|by|before|after|w\/c|week commencing)\s+(?:the\s+)?(?:end|start|beginning|middle|mid|\d{1,2}(?:st|nd|rd|th)|further)\b/,
  new RegExp(`\\b${MONTH}\\b`),
  /\b(?:in|until|till?|from|to|during|end of|end|start of|start|and|\d|-|–)\s*may\b|\bmay\s*(?:to|-|–|until|\d|onwards|only|and (?:june|sept))/,
  /\b\d{1,2}\/\d{1,2}\/(?:20)?\d\d\b|\b20\d\d\b|\b\d{1,2}(?:st|nd|rd|th)\b(?!\s+(?:floor|birthday|century|street|avenue|anniversary))/,
  /\bfor \w+ weeks?\b|\b\d+[- ]weeks?\b|(?<!\b(?:a|per|each|every) )\bweeks? (?:\d|one|two)/,
  // Seasons and holidays.
  /\bterm[\s-]*times?\b|\bschool\s+(?:term|hol|week|day)\w*|\b(?:in|during|outside|out of)\s+terms?\b|\btymor\b/,
  /\bhols?\b|\bholidays?\b|\bhalf[\s-]?terms?\b|\binset\b|\bgwyliau\b|\bfestive\b/,
  /\b(?:christmas|xmas|easter|new year|ramadan|eid|diwali|lent|advent|nadolig|pasg)\b/,
  /\b(?:in|during|over|the|all|through|throughout|this|only in)\s+(?:the\s+)?(?:summer|winter|spring|autumn)\b|\b(?:summer|winter|spring|autumn)\s+(?:only|months?|opening|hours|times?|break|closure|term)\b/,
];

const isWeekdayNamed = /\b(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:days?|s)?\b/;

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[‘’`]/g, "'")
    .replace(/[‐-―−]/g, '-')
    .replace(/\s+/g, ' ')
    // 'S40 4ST' is no fourth of anything.
    .replace(/\b[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\b/g, ' ');

/** Whether words hold something that changes when it meets, beside days and hours themselves. */
export const changesTimes = (text: string): boolean => {
  const words = plain(text);
  return OF_TIME.some((pattern) => pattern.test(words));
};

/** Whether words name a weekday. */
export const namesWeekday = (text: string): boolean => isWeekdayNamed.test(plain(text));
