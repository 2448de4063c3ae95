/**
 * How the walk reads what customers find in their mailboxes.
 * From: invented mails behind an address of this test's own. Next: `scripts/walk/mailbox.ts`.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { mailsAfter } from '../../scripts/walk/mailbox.ts';
import { xlsxBytes } from '../../shared/formats/xlsx-writer.ts';

let server: Server;
afterEach(() => server.close());

const serving = async (plainText: string, sheet?: Uint8Array): Promise<{ mailbox: string }> => {
  const attachments = sheet === undefined ? [] : [{ name: 'open-items.xlsx', href: '/sheet' }];
  const message = { subject: 'Reminder', plainText, to: [{ address: 'ap@a1.example' }], attachments };
  const mails = JSON.stringify({ mails: [{ id: '7', acceptedAt: '2026-03-06T09:00:00Z', message }] });
  server = createServer((request, response) => void response.end(request.url === '/sheet' ? sheet : mails));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { mailbox: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
};

const row = (number: string, open: string): string =>
  `* ${number} · dated 1 Mar 2026 · due 5 Mar 2026 · 1 day late\n  original ${open} · settled USD 0.00 · open ${open}\n`;

it('reads number and amount of every row, and the sum asked for', async () => {
  const plain = `Items in USD\n\n${row('N 1/2', 'USD 1,234.50')}${row('N2', 'USD 0.07')}\nSum asked for: USD 1,234.57\n`;
  const [mail] = await mailsAfter(await serving(plain), '0');
  expect(mail).toMatchObject({
    items: [
      { number: 'N 1/2', currency: 'USD', openMinor: 123_450 },
      { number: 'N2', currency: 'USD', openMinor: 7 },
    ],
    sums: { USD: 123_457 },
  });
});

it('reads all rows out of the sheet where the mail shows some of them', async () => {
  const rows = ['N1', 'N2'].map((number) => [
    ...[{ is: 'text', text: 'USD' } as const, { is: 'text', text: number } as const],
    ...Array.from({ length: 8 }, () => ({ is: 'number', text: '12.50' }) as const),
  ]);
  const columns = Array.from({ length: 10 }, (_, at) => `column ${at}`);
  const plain = `${row('N1', 'USD 12.50')}* and 1 more, listed in the attached sheet and in your statement: USD 12.50\n`;
  const [mail] = await mailsAfter(await serving(plain, await xlsxBytes('Open items', columns, rows)), '0');
  expect(mail?.items.map(({ number, openMinor }) => [number, openMinor])).toEqual([
    ['N1', 1250],
    ['N2', 1250],
  ]);
});

it.each([
  ['says more is attached and nothing is', '* and 1 more, listed in the attached sheet: USD 1.00\n'],
  ['has a row without an amount', '* N1 · dated 1 Mar 2026 · due 5 Mar 2026\n  nothing here\n'],
])('does not go on where a mail %s', async (_what, plain) => {
  await expect(mailsAfter(await serving(plain), '0')).rejects.toThrow();
});
