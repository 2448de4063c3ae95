/**
 * Letters, statements, copies and sheets: what is on them is read back out of the files and held against the data.
 * From: invented data. Next: red where a sum is not on the paper, or Hebrew stands the wrong way round.
 */
import { describe, expect, it } from 'vitest';
import { layoutJson } from '../../../scripts/generate/text-sources.ts';
import { messageLanguages, type MessageData } from '../../../shared/domain/message-data.ts';
import { amountOf } from '../../../shared/domain/money.ts';
import { invoiceCopyPdf } from '../../../shared/formats/invoice-copy-pdf.ts';
import { letterPdf, type PdfRendering } from '../../../shared/formats/letter-pdf.ts';
import { visualRuns } from '../../../shared/formats/pdf-bidi.ts';
import { mailSheet } from '../../../shared/formats/mail-sheet.ts';
import { renderMessage } from '../../../shared/formats/render-message.ts';
import { statementPdf } from '../../../shared/formats/statement-pdf.ts';
import layout from '../../../shared/formats/texts/layout.json' with { type: 'json' };
import { readSheet } from 'read-excel-file/node';
import { numbersIn } from './facts.ts';
import { drawnIn, linesIn } from './read-pdf.ts';
import { sampleData, tableOf } from './sample-data.ts';

const bytesOf = (made: PdfRendering): Uint8Array => {
  if (!made.ok) throw new Error(made.detail);
  return made.value;
};

const letters = (['T5', 'T5-K', 'T5-P'] as const).flatMap((text) =>
  messageLanguages.map((language) => [text, language] as const),
);

describe.each(letters)('the letter %s in %s', (text, language) => {
  it('has every number and sum that the mail has', async () => {
    const pdf = bytesOf(await letterPdf(text, language, sampleData()));
    const mail = renderMessage(text, language, sampleData());
    const onPaper = new Set(numbersIn(linesIn(pdf).join('\n')));
    const missing = numbersIn(mail.ok ? mail.value.text : '').filter((number) => !onPaper.has(number));
    expect(missing).toEqual([]);
  });
});

it.each(messageLanguages)(
  'money received and not allocated stands on letter and sheet in %s',
  async (language) => {
    const table = tableOf('EUR', 3);
    const loose = { amount: amountOf(1_234), is: 'unallocated' } as const;
    const credited = { ...table, credits: [...table.credits, loose], asked: amountOf(table.asked - 1_234) };
    const data = { ...sampleData(), tables: [credited] };
    const pdf = bytesOf(await letterPdf('T5', language, data));
    expect(numbersIn(linesIn(pdf).join(' ')).join(' ')).toMatch(/12[.,]34/);
    const made = await mailSheet('T5', language, data);
    const rows = made.ok ? await readSheet(Buffer.from(made.value)) : [];
    expect(rows.at(-1)?.at(-1)).toBe(-12.34);
  },
);

describe('paper', () => {
  it('of the same data is the same, byte by byte', async () => {
    const [one, other] = [
      await letterPdf('T5', 'he', sampleData()),
      await letterPdf('T5', 'he', sampleData()),
    ];
    expect(Buffer.compare(bytesOf(one), bytesOf(other))).toBe(0);
  });

  it('carries its fonts, so that it looks the same everywhere', async () => {
    const file = Buffer.from(bytesOf(await letterPdf('T5', 'he', sampleData()))).toString('latin1');
    expect(file.match(/\/FontFile2/g)).toHaveLength(2);
    expect(file).not.toMatch(/\/BaseFont \/(?:Helvetica|Times|Courier)/);
  });

  it('in Hebrew is drawn from the right: the first letter of a word stands to the right of its last', async () => {
    const lines = linesIn(bytesOf(await letterPdf('T5', 'he', sampleData())));
    const reversed = (text: string): string => [...text].toReversed().join('');
    expect(lines.join('\n')).toContain(reversed('מספר לקוח'));
    const balance = lines.find((line) => line.includes(reversed('הסכום לתשלום')));
    expect(balance?.replace(/\s+/g, ' ')).toBe(`2,620.35 EUR ${reversed('הסכום לתשלום')}`);
  });

  it('in Hebrew stands at the right edge', async () => {
    const drawn = drawnIn(bytesOf(await letterPdf('T5', 'he', sampleData())));
    const sender = drawn.find(({ text }) => text === 'Brackenfell Tools GmbH');
    expect(sender?.x).toBeGreaterThan(300);
  });

  it('is refused where the mail is, for the same reason', async () => {
    const { payByOn: _, ...data } = sampleData();
    expect(await letterPdf('T5', 'en', data)).toMatchObject({ ok: false, code: 'not-rendered' });
    expect(await statementPdf('en', sampleData(true))).toMatchObject({ ok: false, code: 'not-rendered' });
  });
});

describe('a statement', () => {
  const data: MessageData = {
    ...sampleData(false),
    tables: [tableOf('EUR', 60, false), tableOf('USD', 2, false)],
  };

  it.each(messageLanguages)(
    'in %s has every item, its aging, credits, what is looked into, and the slip',
    async (language) => {
      const words = linesIn(bytesOf(await statementPdf(language, data))).join('\n');
      for (const { number } of data.tables[0]!.rows) expect(words).toContain(number);
      const numbers = numbersIn(words);
      const balances = data.tables.map(({ asked }) => asked / 100);
      const spoken = numbers.map((number) =>
        Number(number.replace(/[.,\u00a0\u202f](?=\d{3}(?:\D|$))/g, '').replace(',', '.')),
      );
      for (const balance of balances) expect(spoken).toContain(balance);
      expect(words).toContain('GS-501');
      expect(words).toContain('C-2026-18');
      expect(words).toContain('____');
    },
  );

  it('says the head of its table on every page', async () => {
    const drawn = drawnIn(bytesOf(await statementPdf('en', data)));
    const pages = new Set(drawn.filter(({ text }) => text.startsWith('RE-')).map(({ page }) => page));
    expect(pages.size).toBeGreaterThan(1);
    for (const page of pages)
      expect(drawn.some((one) => one.page === page && one.text === 'Original, settled')).toBe(true);
  });

  it('puts nothing below the foot of a page', async () => {
    for (const { y } of drawnIn(bytesOf(await statementPdf('de', data)))) expect(y).toBeGreaterThan(40);
  });
});

describe('a copy of an invoice', () => {
  it('says that it is one, and what our records know', async () => {
    const lines = linesIn(bytesOf(await invoiceCopyPdf('en', sampleData(false), 'RE-10000'))).join('\n');
    for (const words of [
      'Copy, from our records',
      'RE-10000',
      'EUR\u00a01,000.00',
      'EUR\u00a0200.00',
      'EUR\u00a0800.00',
    ])
      expect(lines).toContain(words);
    expect(lines).not.toContain('RE-10001');
  });

  it('of a number that is not there is refused', async () => {
    expect(await invoiceCopyPdf('en', sampleData(false), 'RE-9')).toMatchObject({ code: 'not-rendered' });
  });
});

describe('the order of drawing', () => {
  const drawn = (text: string, base: 'ltr' | 'rtl'): string =>
    visualRuns(text, base)
      .map((run) => (run.direction === 'rtl' ? [...run.text].toReversed().join('') : run.text))
      .join('');

  it.each<[string, 'ltr' | 'rtl', string]>([
    ['abc 12', 'ltr', 'abc 12'],
    ['אבג', 'rtl', 'גבא'],
    ['אבג 12', 'rtl', '12 גבא'],
    ['אבג 1,234.50 דה', 'rtl', 'הד 1,234.50 גבא'],
    ['אבג RE-10000 דה', 'rtl', 'הד RE-10000 גבא'],
    ['אבג (ab) דה', 'rtl', 'הד (ab) גבא'],
    ['ab אבג 12 cd', 'ltr', 'ab 12 גבא cd'],
    ['אב: \u2068-400.00 EUR\u2069.', 'rtl', '.-400.00 EUR :בא'],
    ['* \u20685 במרץ 2026\u2069', 'rtl', '2026 ץרמב 5 *'],
    ['אבג 10%', 'rtl', '10% גבא'],
    ['אבג ', 'rtl', ' גבא'],
  ])('of "%s" in a page %s', (text, base, expected) => {
    expect(drawn(text, base)).toBe(expected);
  });
});

describe('the sheet of all items', () => {
  it('has every row and the credits, and adds up to the sum asked', async () => {
    const data = sampleData(true, 45);
    const bytes = bytesOf(await mailSheet('T2', 'de', data));
    const [head, ...rows] = await readSheet(Buffer.from(bytes));
    expect(head).toContain('Angefordert');
    expect(rows).toHaveLength(46);
    const asked = rows.reduce((sum, row) => sum + Math.round(Number(row.at(-1)) * 100), 0);
    expect(amountOf(asked)).toBe(data.tables[0]!.asked);
  });
});

it('the frame of the HTML is what its MJML says', async () => {
  expect(JSON.parse(await layoutJson())).toEqual(layout);
});
