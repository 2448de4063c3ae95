/**
 * Writes HTML in which every inserted value is escaped unless it was written by this same helper.
 * From: the pages of the stand-ins. Next: the browser. `html` leaves no way to insert raw text by accident.
 */

export type Markup = { readonly markup: string };
type Insert = string | number | Markup | undefined | false | readonly Insert[];

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Safe as text and as the value of a quoted attribute. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => escapes[sign] ?? sign);

export const html = (texts: TemplateStringsArray, ...inserts: Insert[]): Markup => ({
  markup: texts.reduce((all, text, index) => `${all}${toMarkup(inserts[index - 1])}${text}`),
});

const toMarkup = (insert: Insert): string => {
  if (insert === undefined || insert === false) return '';
  if (typeof insert === 'string') return escapeHtml(insert);
  if (typeof insert === 'number') return String(insert);
  return isMarkup(insert) ? insert.markup : insert.map(toMarkup).join('');
};

const isMarkup = (insert: Markup | readonly Insert[]): insert is Markup => 'markup' in insert;
