/**
 * A case that is contested, the people who hear of it, and the mails they get, on in-memory ports.
 * From: the worlds of cases and of reports. Next: tests of mails that ask for a decision.
 */
import { planReports } from '../../../functions/reporting/plan-reports.ts';
import { mailFrom } from '../../../shared/contracts/mail.ts';
import { reportMailsPlace } from '../../../shared/contracts/report-mails.ts';
import { instantFromText } from '../../../shared/domain/calendar.ts';
import { money } from '../../support/account-examples.ts';
import { disputeWorld, tuesday } from '../../support/dispute-world.ts';
import { everything } from '../../support/test-edge.ts';
import { recipient, type Listed } from './mail-people.ts';
import { newReportParts } from './report-parts.ts';

const one = 'item:invoice:1';
export const pricing = recipient('u:pricing', 'DEC', ['disputeOwner']);
export const logistics = recipient('u:logistics', 'DEC', ['disputeOwner']);

/** An invoice of 50,000.00 of which so much is contested. */
export const setUp = async (recipients: readonly Listed[], contested = 6_000) => {
  const world = await disputeWorld();
  await world.set('mail', {
    ...{ from: 'ar@house.example', replyDomain: 'reply.house.example', address: ['Street 1'] },
    sender: { name: 'AR', email: 'ar@house.example', phone: '1', hours: '9-5' },
    linkOrigin: 'https://pay.house.example',
  });
  await world.set(reportMailsPlace('c1').name, { recipients, times: [] });
  const made = newReportParts();
  const { accounts, alerts, settings } = world.parts;
  const parts = { ...made.parts, accounts, alerts, settings, tokens: world.tokens };
  await world.post({ id: one, original: money(5_000_000) });
  const place = await world.open('PRICE', { [one]: contested });
  await world.hear();
  const tick = (at = tuesday) => planReports(parts, { scope: everything, now: instantFromText(at) });
  const mails = async () => {
    const { mails: planned } = await made.staffMails.list(everything, 'c1', { limit: 50 });
    return Promise.all(
      planned.map(async ({ to, file, at }) => ({
        ...mailFrom((await made.documents.read(everything, { companyId: 'c1', name: file }))!),
        ...{ to, at },
      })),
    );
  };
  return { world, place, tick, mails };
};

export const linkIn = (text: string): string | undefined =>
  /https:\/\/pay\.house\.example\/decide#(?<token>[\w-]{43})/.exec(text)?.groups?.['token'];
