/**
 * What customers find in their mailboxes, read as they would read it: number and amount of every row, sums asked for.
 * From: the local mail service, as JSON. Next: `asked-check.ts`, `messages.csv`. Amounts in minor units.
 * A row that cannot be read ends the walk: nothing in a mail goes unlooked at.
 */
import { readSheet } from 'read-excel-file/universal';
import { z } from 'zod';
import { amountReader } from '../../shared/domain/amount-text.ts';
import { plainAmountStyle } from '../../shared/domain/amount-style.ts';
import { decimalsOf } from '../../shared/domain/currencies.ts';
import type { WalkAzure } from './azure.ts';

export type AskedItem = { number: string; currency: string; openMinor: number };
export type ArrivedMail = {
  id: string;
  /** ISO instant at which it was accepted. */
  at: string;
  to: string;
  subject: string;
  plain: string;
  items: AskedItem[];
  /** It tells how the account stands and asks for nothing. */
  isStatement: boolean;
  /** Of items and credits; what stands aside is in it, too. */
  sums: Record<string, number>;
};

const mailList = z.object({
  mails: z.array(
    z.object({
      ...{ id: z.string(), acceptedAt: z.string() },
      message: z.object({
        ...{ subject: z.string(), plainText: z.string() },
        to: z.array(z.object({ address: z.string() })).min(1),
        attachments: z.array(z.object({ name: z.string(), href: z.string() })),
      }),
    }),
  ),
});
type Listed = z.infer<typeof mailList>['mails'][number];

/** Those behind the one with this id, oldest first; '0' is before all. */
export const mailsAfter = async (
  { mailbox }: Pick<WalkAzure, 'mailbox'>,
  id: string,
): Promise<ArrivedMail[]> => {
  const answer = await fetch(`${mailbox}/api/mails?after=${id}`);
  const { mails } = mailList.parse(await answer.json());
  return Promise.all(mails.map((mail) => readMail(mailbox, mail)));
};

const readMail = async (mailbox: string, { id, acceptedAt: at, message }: Listed): Promise<ArrivedMail> => {
  const { subject, plainText: plain, attachments } = message;
  const sheet = attachments.find(({ name }) => name === 'open-items.xlsx');
  const told = rowsOfText(plain);
  if (told.hasMore && sheet === undefined)
    throw new Error(`mail ${id} says more is attached, and nothing is`);
  const items = sheet === undefined ? told.items : await rowsOfSheet(`${mailbox}${sheet.href}`);
  const isStatement = /^Balance: /m.test(plain);
  return { ...{ id, at, to: message.to[0]!.address, subject, plain, items, isStatement }, sums: told.sums };
};

const row = /^\* (.+?) · dated /;
const open = / · open ([A-Z]{3})\s(\S+)$/;
const asked = /^(?:Sum asked for|Balance): ([A-Z]{3})\s(\S+)$/;

const rowsOfText = (plain: string) => {
  const items: AskedItem[] = [];
  const sums: Record<string, number> = {};
  const lines = plain.split('\n');
  let hasMore = false;
  for (const [at, line] of lines.entries()) {
    const number = row.exec(line)?.[1];
    if (number !== undefined) items.push({ number, ...openOf(lines[at + 1] ?? '', number) });
    if (/^\* and \d+ more, /.test(line)) hasMore = true;
    const [, code, amount] = asked.exec(line) ?? [];
    if (code !== undefined && amount !== undefined) sums[code] = minorOf(code, amount);
  }
  return { items, sums, hasMore };
};

const openOf = (line: string, number: string): Omit<AskedItem, 'number'> => {
  const [, currency, amount] = open.exec(line) ?? [];
  if (currency === undefined || amount === undefined) throw new Error(`no amount beside ${number}: ${line}`);
  return { currency, openMinor: minorOf(currency, amount) };
};

const rowsOfSheet = async (url: string): Promise<AskedItem[]> => {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  const [, ...rows] = await readSheet(await answer.arrayBuffer());
  return rows.map((cells) => {
    const [currency, number] = [String(cells[0]), String(cells[1])];
    return { number, currency, openMinor: minorOf(currency, String(cells[8])) };
  });
};

const minorOf = (currency: string, text: string): number => {
  const decimals = decimalsOf(currency);
  if (!decimals.ok) throw new Error(decimals.detail);
  const minor = amountReader(plainAmountStyle, decimals.value)(text.replaceAll(',', ''));
  if (!minor.ok) throw new Error(`${currency} ${text}: ${minor.detail}`);
  return minor.value;
};
