/**
 * What a mail says that can be checked: its numbers, and where its links lead, from either form.
 * From: HTML or plain text. Next: the tests that hold both forms, and a PDF, against each other.
 */

const entities: Readonly<Record<string, string>> = {
  ...{ '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#34;': '"', '&#39;': "'" },
};

/** The visible words of a page: no head, no tags, nothing an attribute says. */
export const visibleText = (html: string): string =>
  html
    .replace(/<head>[\s\S]*?<\/head>/, '')
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<(?:\/(?:p|td|th|tr|li|h2|div)|br)>/g, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&[#\w]+;/g, (entity) => entities[entity] ?? entity);

const link = /https?:\/\/[^\s"<]+/g;

/** Every number as it is written, sorted, as often as it stands there. */
export const numbersIn = (text: string): string[] =>
  [
    ...text
      .replace(/[\u200e\u200f\u2066-\u2069]/g, '')
      .replace(link, '')
      .matchAll(/\d(?:[\d.,:\u00a0\u202f-]*\d)?/g),
  ]
    .map(([number]) => number)
    .toSorted();

export const linksIn = (text: string): string[] => [...new Set(text.match(link) ?? [])].toSorted();

export const hrefsIn = (html: string): string[] =>
  [...new Set([...html.matchAll(/href="([^"]*)"/g)].map(([, href = '']) => href))].toSorted();
