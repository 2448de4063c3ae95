/**
 * Reaches every package that the bundle keeps in a file of its own, as the product does.
 * From: `package.test.ts`, which bundles it. Next: one line with what was found.
 */
import { createClients } from '../../shared/azure/clients.ts';
import { dayFromText } from '../../shared/domain/calendar.ts';
import { businessCalendar } from '../../shared/formats/business-calendar.ts';
import { parseSettings } from '../../shared/contracts/settings.ts';

const reach = async (): Promise<void> => {
  const { holidays } = await businessCalendar('DE', dayFromText('2026-06-01'));
  const container = await createClients(parseSettings(process.env)).blobs('uploads');
  process.stdout.write(`${holidays.has(dayFromText('2026-12-25'))} ${container.containerName}\n`);
};
void reach();
