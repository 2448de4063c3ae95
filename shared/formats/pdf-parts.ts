/**
 * What letters, statements and copies have in common: letterhead, table of items, bank details, signature.
 * From: the view of a text. Next: `letter-pdf.ts`, `statement-pdf.ts`, `invoice-copy-pdf.ts`.
 */
import type { MessageLanguage } from '../domain/message-data.ts';
import type { TableView } from './text-view-tables.ts';
import type { View } from './text-view.ts';
import { labelOf, labelWith, namedBy, type LabelName } from './text-labels.ts';
import { makeRoom, writeLine, writeParagraph, type Sheet } from './pdf-sheet.ts';
import { writeTable } from './pdf-table.ts';

/** Sender small, then the address of the recipient, the day and the account. */
export const writeLetterhead = (sheet: Sheet, view: View, day: string, language: MessageLanguage): void => {
  const say = (name: LabelName): string => labelOf(language, name);
  const lines = (name: string): string[] => view[name] as string[];
  writeLine(sheet, String(view['seller']), { size: 13, isBold: true });
  for (const line of lines('sellerAddress')) writeLine(sheet, line, { size: 8, grey: true });
  sheet.y += 26;
  writeLine(sheet, String(view['customer']), { isBold: true });
  for (const line of lines('customerAddress')) writeLine(sheet, line);
  sheet.y += 20;
  writeLine(sheet, `${namedBy(language, say('letterDate'))}\u2068${day}\u2069`);
  writeLine(sheet, `${namedBy(language, say('accountNumber'))}\u2068${String(view['account'])}\u2069`);
  sheet.y += 14;
};

export const writeHeading = (sheet: Sheet, text: string, size = 11): void => {
  makeRoom(sheet, 60);
  writeParagraph(sheet, text, { size, isBold: true }, 5);
};

/** One table per currency, and how the sum comes about below it. */
export const writeItems = (sheet: Sheet, view: View, language: MessageLanguage): void => {
  for (const table of view.tables) writeCurrency(sheet, table, view['demands'] === true, language);
};

const writeCurrency = (sheet: Sheet, table: TableView, demands: boolean, language: MessageLanguage): void => {
  const say = (name: LabelName): string => labelOf(language, name);
  if (table.isEmpty) return writeParagraph(sheet, say('nothingOpen'));
  writeHeading(sheet, say('itemsIn').replace(/\{\{.*?\}\}/, `\u2068${table.currency}\u2069`), 10);
  const rows = table.rows.map((row) => ({
    cells: [
      [row.number, row.on, ...(row.po === undefined ? [] : [fill(say('po'), { 'row.po': row.po })])],
      [row.due, ...lateOf(row.late, language)],
      [row.original, row.settled],
      [row.open],
    ],
  }));
  const sums: [string, string | undefined][] = [
    [fill(say('rest'), { 'table.rest.count': String(table.rest?.count) }), table.rest?.open],
    [say('totalOpen'), table.isReduced ? table.open : undefined],
    ...([[say('lessAside'), table.aside]] as [string, string | undefined][]),
    [say('lessCredits'), table.credited],
    [say(demands ? 'asked' : 'balance'), table.asked],
  ];
  const columns = [
    { title: say('columnDocument'), weight: 3.2 },
    { title: say('columnDue'), weight: 2.2 },
    { title: say('columnOriginal'), weight: 2.4, align: 'end' as const },
    { title: say('columnOpen'), weight: 2.2, align: 'end' as const },
  ];
  const below = sums.flatMap(([words, sum], at) =>
    sum === undefined ? [] : [{ cells: [[words], [], [], [sum]], isBold: at === sums.length - 1 }],
  );
  writeTable(sheet, columns, [...rows, ...below]);
};

const lateOf = (late: number | undefined, language: MessageLanguage): string[] => {
  if (late === undefined) return [];
  if (late === 1) return [labelOf(language, 'lateOne')];
  return [fill(labelOf(language, 'late'), { 'row.late': String(late) })];
};

/** A label with its values, each kept apart from the direction of what stands around it. */
const fill = (label: string, words: Readonly<Record<string, string>>): string =>
  label.replace(/\{\{ ([\w.]+) \}\}/g, (place, name: string) => `\u2068${words[name] ?? place}\u2069`);

export const writeBank = (sheet: Sheet, view: View, language: MessageLanguage): void => {
  const bank = view['bank'] as Readonly<Record<string, string>>;
  const names: [LabelName, string][] = [
    ...([
      ['bankHolder', 'holder'],
      ['bankAccount', 'account'],
      ['bankCode', 'bank'],
    ] as [LabelName, string][]),
    ...([
      ['bankName', 'bankName'],
      ['bankReference', 'reference'],
    ] as [LabelName, string][]),
  ];
  writeHeading(sheet, labelOf(language, 'bankHead'), 10);
  for (const [label, name] of names)
    if (bank[name] !== undefined)
      writeLine(sheet, `${namedBy(language, labelOf(language, label))}\u2068${bank[name]}\u2069`);
  sheet.y += 4;
  writeParagraph(sheet, labelOf(language, 'bankUnchanged'), { size: 8, grey: true });
};

/** Room to sign, then who does and how to reach them. */
export const writeSignature = (
  sheet: Sheet,
  view: View,
  language: MessageLanguage,
  isSigned: boolean,
): void => {
  const person = view['person'] as Readonly<Record<string, string>>;
  makeRoom(sheet, 130);
  writeParagraph(sheet, labelOf(language, 'regards'));
  if (isSigned) {
    sheet.y += 34;
    writeLine(sheet, `${labelOf(language, 'signature')}: ______________________________`, {
      size: 8,
      grey: true,
    });
  }
  for (const words of [person['name'], person['role'], String(view['seller'])])
    if (words !== undefined) writeLine(sheet, words);
  writeLine(sheet, fill(labelOf(language, 'phone'), named('person', person)));
  writeLine(sheet, fill(labelOf(language, 'mail'), named('person', person)));
  sheet.y += 8;
};

const named = (of: string, words: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(words).map(([name, word]) => [`${of}.${name}`, word]));

export const writeAsOf = (sheet: Sheet, view: View, language: MessageLanguage): void =>
  writeParagraph(sheet, labelWith(language, 'asOf', { asOf: `\u2068${String(view['asOf'])}\u2069` }), {
    size: 8,
    grey: true,
  });
