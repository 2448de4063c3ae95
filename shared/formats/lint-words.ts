/**
 * Words and shapes that no text to a customer holds, by language: threats, haste, blame, advertising, and ways of saying
 * "by when" that only count from a day nobody wrote down.
 * From: `defaults.md` §11. Next: `lint-text.ts`. Searched in what a person typed, not in values.
 */
import type { MessageLanguage } from '../domain/message-data.ts';

/** `\b` knows no letters beyond ASCII: a word ends where no letter stands. */
const words = (...list: string[]): RegExp => new RegExp(`(?<!\\p{L})(?:${list.join('|')})(?!\\p{L})`, 'iu');

export type WordLists = Readonly<Record<MessageLanguage, RegExp>>;

export const forbiddenWords: WordLists = {
  en: words(
    ...[
      'immediately',
      'at once',
      'without delay',
      'straight ?away',
      'asap',
      'urgent(?:ly)?',
      'fraud\\w*',
      'crim\\w+',
    ],
    ...[
      'theft',
      'steal\\w*',
      'thie\\w+',
      'cheat\\w*',
      'deadbeat',
      'dishonest\\w*',
      'your fault',
      'police',
      'prison',
    ],
    ...['blacklist\\w*', 'warn(?:ed|ing)? you for the last time', 'risk score', 'credit rating'],
  ),
  de: words(
    ...[
      'sofort(?:ig\\w*)?',
      'unverzüglich\\w*',
      'umgehend\\w*',
      'schnellstens',
      'dringend\\w*',
      'betrug',
      'betrüg\\w+',
    ],
    ...['strafbar\\w*', 'strafanzeige', 'kriminell\\w*', 'diebstahl', 'polizei', 'gefängnis', 'ihre schuld'],
    ...['unverschämt\\w*', 'schwarze liste', 'bonität\\w*'],
  ),
  fr: words(
    ...[
      'immédiat(?:e|ement|s|es)?',
      'sans délai',
      'dans les plus brefs délais',
      'urgent\\w*',
      'au plus vite',
    ],
    ...[
      'fraud\\w*',
      'escroqu\\w+',
      'vol',
      'voleur\\w*',
      'délit',
      'pénalement',
      'plainte',
      'police',
      'prison',
    ],
    ...['votre faute', 'malhonnête\\w*', 'liste noire'],
  ),
  he: words(
    ...['מיד', 'מייד', 'מיידי', 'מיידית', 'לאלתר', 'בדחיפות', 'דחוף', 'ללא דיחוי', 'הונאה', 'מרמה', 'גניבה'],
    ...['פלילי', 'פלילית', 'משטרה', 'כלא', 'אשמתכם', 'רשימה שחורה'],
  ),
};

export const promotionalWords: WordLists = {
  en: words(
    ...[
      'special offer',
      'our offers?',
      'newsletter',
      'survey',
      'promo(?:tion\\w*| code)?',
      'voucher',
      'follow us',
    ],
    ...['webinar', 'new products?', 'save up to', 'refer a friend', 'rate us'],
  ),
  de: words(
    ...['sonderangebot\\w*', 'unsere angebote', 'newsletter', 'umfrage', 'rabattaktion\\w*', 'gutschein\\w*'],
    ...['aktionspreis\\w*', 'neue produkte', 'folgen sie uns', 'bewerten sie uns'],
  ),
  fr: words(
    ...['offre spéciale', 'nos offres', 'newsletter', 'infolettre', 'enquête de satisfaction', 'code promo'],
    ...['promotions?', 'bon de réduction', 'nouveaux produits', 'suivez-nous'],
  ),
  he: words(...['מבצע', 'מבצעים', 'ניוזלטר', 'סקר', 'קופון', 'הנחה מיוחדת', 'מוצרים חדשים', 'עקבו אחרינו']),
};

const count = '(?:\\d+|\\{\\{[^}]*\\}\\})';

/** "Within 10 days", "in two weeks", "next week": a customer can not see from when. */
export const relativeDays: WordLists = {
  en: new RegExp(
    `(?:within|in|after) (?:the next )?(?:${count}|\\w+)(?: (?:business|working|calendar))? (?:days?|weeks?)|` +
      `${count} days? from|next (?:week|month)|by tomorrow|end of (?:the|this) (?:week|month)|upon receipt`,
    'iu',
  ),
  de: new RegExp(
    `(?:innerhalb|binnen|in)(?: von| der nächsten)? (?:${count}|\\p{L}+) ?(?:werk|bank|arbeits)?(?:tage[ns]?|wochen?)|` +
      `nächste[rn]? woche|bis morgen|(?:bis )?ende (?:der woche|des monats)|nach erhalt`,
    'iu',
  ),
  fr: new RegExp(
    `(?:sous|dans|d[’']ici)(?: les| un délai de)? ?(?:${count}|\\p{L}+)(?: prochains)? (?:jours?|semaines?)|` +
      `(?:la )?semaine prochaine|d[’']ici demain|fin (?:de semaine|du mois)|à réception|sous huitaine`,
    'iu',
  ),
  he: new RegExp(
    `(?:תוך|בתוך) (?:${count}|\\p{L}+) (?:ימים|ימי עסקים|שבועות)|תוך (?:שבוע|שבועיים|יומיים)|בשבוע הבא|עד מחר|עד סוף (?:השבוע|החודש)`,
    'iu',
  ),
};
