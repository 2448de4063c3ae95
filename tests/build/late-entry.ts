/**
 * Reaches every package that the bundle keeps in a file of its own, as the product does.
 * From: `package.test.ts`, which bundles it. Next: one line with what was found.
 */
import { readFile } from 'node:fs/promises';
import { createClients } from '../../shared/azure/clients.ts';
import { managedIdentity } from '../../shared/azure/managed-identity.ts';
import { dayFromText } from '../../shared/domain/calendar.ts';
import { businessCalendar } from '../../shared/formats/business-calendar.ts';
import { parseSettings } from '../../shared/contracts/settings.ts';
import { chartPng } from '../../shared/formats/charts.ts';
import { readInboundMail } from '../../shared/formats/inbound-mail.ts';
import { pdfBytes, writeParagraph } from '../../shared/formats/pdf-sheet.ts';
import { readXlsxTable } from '../../shared/formats/xlsx-reader.ts';
import { xlsxBytes } from '../../shared/formats/xlsx-writer.ts';

const reach = async (): Promise<void> => {
  const { holidays } = await businessCalendar('DE', dayFromText('2026-06-01'));
  const clients = createClients(parseSettings(process.env));
  const container = await clients.blobs('uploads');
  const bars = { title: 'Open', unit: 'EUR', kind: 'bars', labels: ['January'] } as const;
  const chart = await chartPng({ ...bars, series: [{ name: 'all', values: [1] }] }, readFile);
  const about = { title: 'Letter', author: 'Example', madeAt: '2026-06-01T00:00:00Z' };
  const pdf = await pdfBytes({ ...about, language: 'en' }, (sheet) => writeParagraph(sheet, 'Hello'));
  const workbook = await xlsxBytes('rows', ['number'], [[{ is: 'text', text: '1' }]]);
  const dialect = { hasHeader: true, skippedLines: 0 };
  const table = await readXlsxTable(workbook, { dialect });
  const mail = await readInboundMail(new TextEncoder().encode('From: a@example.com\r\n\r\nHello'));
  const { default: Stripe } = await import('stripe');
  const found = {
    holiday: holidays.has(dayFromText('2026-12-25')),
    container: container.containerName,
    database: clients.container('ledger').id,
    bus: (await clients.serviceBus()).fullyQualifiedNamespace,
    mailer: typeof (await clients.email()).beginSend,
    chart: chart.length > 1_000,
    pdf: pdf.length > 1_000,
    table: table.ok,
    mail: mail.ok,
    stripe: typeof Stripe,
    token: (await managedIdentity('an-identity').getToken('https://vault.example/.default'))?.token,
  };
  process.stdout.write(`${JSON.stringify(found)}\n`);
};
void reach();
