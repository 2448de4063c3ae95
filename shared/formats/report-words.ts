/**
 * What reports and alerts tell, as people say and read it: names as words, instants by the company's clock, cases and
 * receipts by the short number that is on their papers.
 * From: names and ids of the domain. Next: mails of reports; workbooks keep the whole ids.
 */
import { instantFromText } from '../domain/calendar.ts';
import { caseNumberOf } from '../domain/dispute-shown.ts';

/** `averageDaysDelinquent` as `Average days delinquent`. */
export const wordsOf = (name: string): string =>
  partWordsOf(name).replace(/^./, (letter) => letter.toUpperCase());

/** As `wordsOf`, within a sentence. */
export const partWordsOf = (name: string): string =>
  name
    .replace(/([A-Z]+|\d+)/g, ' $1')
    .toLowerCase()
    .trim()
    .replace(/\b(dso|cei|erp)\b/g, (letters) => letters.toUpperCase());

/** By the company's clock, to the minute: `2026-10-16 06:00`. */
export const clockText = (instant: string, zone: string): string =>
  instantFromText(instant)
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' })
    .replace('T', ' ');

const anInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z$/;
const aCase = /^dispute:[0-9a-f]{8,}$/;
const aReceipt = /^receipt:.*?([^:]{8})$/;

/** One cell as people read it; what is no instant, case or receipt stays as it is. */
export const shownText = (text: string, zone: string): string => {
  if (anInstant.test(text)) return clockText(text, zone);
  if (aCase.test(text)) return caseNumberOf(text);
  const receipt = aReceipt.exec(text)?.[1];
  return receipt === undefined ? text : `R-${receipt.toUpperCase()}`;
};
