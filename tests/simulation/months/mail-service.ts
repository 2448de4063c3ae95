/**
 * The mail service of a month and the mailboxes behind it: it says "not now", loses answers, reports late, twice, or
 * never, and customers' servers bounce. It remembers every mail it took; a mail posted twice is two mails.
 * From: the profile of faults. Next: the mail piece; `mailbox-checks.ts` looks at what was taken.
 */
import type { DeliveryReport } from '../../../shared/contracts/mail-events.ts';
import { instantFromMs, textOfInstant } from '../../../shared/domain/calendar.ts';
import type { Mail } from '../../../shared/domain/mail.ts';
import type { HandOver, Mailer } from '../../../shared/ports/mailer.ts';
import { asWritten } from '../../support/memory/as-written.ts';
import type { Agenda } from './agenda.ts';
import type { Draw, FaultProfile } from './draw.ts';

export type Taken = { operationId: string; mail: Mail; atMs: number };
type Wired = { agenda: Agenda; draw: Draw; faults: () => FaultProfile };
type Heard = { taken: (taken: Taken) => void; report: (report: DeliveryReport) => void };

const minuteMs = 60_000;

export const mailServiceOf = ({ agenda, draw, faults }: Wired, heard: Heard) => {
  const taken: Taken[] = [];
  const posts: string[] = [];
  const barred = new Set<string>();
  let reports = 0;

  const reportOn = (operationId: string, address: string): void => {
    const { mail: rates } = faults();
    if (draw.chance(rates.reportMissing)) return;
    const isSuppressed = barred.has(address) || draw.chance(rates.suppress);
    const isBounced = !isSuppressed && draw.chance(rates.bounce);
    if (isBounced || isSuppressed) barred.add(address);
    const statusMessage = isBounced ? '550 5.1.1 no such user' : '';
    const status = isSuppressed ? 'Suppressed' : isBounced ? 'Bounced' : 'Delivered';
    const id = `report-${(reports += 1)}`;
    const tell = (): void =>
      heard.report({
        ...{ id, eventType: 'Microsoft.Communication.EmailDeliveryReportReceived' },
        data: {
          ...{ recipient: address, messageId: operationId, status },
          deliveryStatusDetails: { statusMessage },
          deliveryAttemptTimestamp: textOfInstant(agenda.now()),
        },
      });
    for (let time = draw.chance(rates.reportTwice) ? 2 : 1; time > 0; time -= 1)
      agenda.at(agenda.nowMs() + draw.rate(rates.reportLateMs), 'report', async () => tell());
  };

  const take = (operationId: string, mail: Mail): void => {
    const one = { operationId, mail: asWritten(mail), atMs: agenda.nowMs() };
    taken.push(one);
    for (const { address } of [...mail.to, ...mail.cc]) reportOn(operationId, address);
    heard.taken(one);
  };

  const mailer: Mailer = {
    send: async (operationId, mail): Promise<HandOver> => {
      posts.push(operationId);
      const { quota, never, lost } = faults().mail;
      if (draw.chance(quota)) {
        const until = instantFromMs(agenda.nowMs() + Math.ceil(draw.rate(60)) * minuteMs);
        return { is: 'quota', until: textOfInstant(until) };
      }
      if (draw.chance(never)) return { is: 'unknown', detail: 'no answer' };
      take(operationId, mail);
      return draw.chance(lost) ? { is: 'unknown', detail: 'no answer' } : { is: 'accepted' };
    },
    status: async (operationId) => {
      if (draw.chance(faults().mail.dumb)) return { is: 'unknown', detail: 'no answer' };
      return { is: taken.some((one) => one.operationId === operationId) ? 'accepted' : 'not-found' };
    },
  };
  return { mailer, taken, posts };
};
export type MailService = ReturnType<typeof mailServiceOf>;
