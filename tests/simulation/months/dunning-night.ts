/**
 * S4: a morning of dunning over 60 accounts at three stages, whose mails reach the limit of the mail service midway; the
 * process may die at any of its effects.
 * From: a gate. Next: `dunning-night.test.ts` compares how it ends with the morning in which nothing died.
 */
import { beginFinding } from '../../../functions/dunning/find-due.ts';
import { instantFromText, textOfInstant } from '../../../shared/domain/calendar.ts';
import type { Fact } from '../../../shared/domain/facts.ts';
import { postItem } from '../../../shared/domain/post-item.ts';
import { factsOf } from '../../support/account-examples.ts';
import { late, remindedAt, today } from '../../support/dunning-examples.ts';
import { everything } from '../../support/test-edge.ts';
import type { Process } from './crash-points.ts';
import { mailboxOf } from './mailbox-checks.ts';
import { companyId, monthOf, type Month } from './world.ts';

const accountIds = Array.from({ length: 60 }, (_, n) => `zqk${String(n).padStart(2, '0')}z`);
const contact = 'contact:master:0000000001' as const;

/** Items so late that each third of the accounts is at another stage. */
const settle = async ({ stores }: Month, accountId: string, n: number): Promise<void> => {
  const key = { companyId, accountId };
  const [stage, daysLate] = (
    [
      [0, 3],
      [2, 11],
      [4, 25],
    ] as const
  )[n % 3]!;
  const more = stage === 0 ? {} : remindedAt(stage, 8);
  const item = late(`item:invoice:${accountId}-1`, 50_000 + n, daysLate, {
    ...more,
    number: `${accountId}-1`,
  });
  const loaded = await stores.plain.accounts.load(everything, key);
  const facts: Fact[] = [
    { kind: 'masterDataNoted', masterData: contact, on: today },
    ...factsOf(postItem(loaded.account, item)),
    { kind: 'reviewPlanned', nextReviewAt: `${today}T06:30:00Z`, on: today },
  ];
  const contacts = [{ name: 'Kim', email: `ap@${accountId}.example`, role: 'AP' }];
  const content = {
    name: accountId,
    country: 'DE',
    language: 'en',
    treatment: { policyId: 'standard' },
    contacts,
  };
  const at = instantFromText(`${today}T02:00:00Z`);
  const change = {
    at,
    facts,
    actor: { kind: 'job', id: 'setup' } as const,
    cause: { kind: 'setup', id: 's' },
  };
  await stores.plain.accounts.append(everything, loaded, change, undefined, [{ id: contact, content }]);
};

/** What a text looks like is not the matter here: what it says is. */
const plainly = (parts: Month['parts']): void => {
  parts.mail.render = (_text, _language, { tables, customer }) => {
    const text = `${customer.accountNumber} ${tables.map(({ asked }) => asked).join()}`;
    return { ok: true, value: { subject: 'Invoices', html: text, text, version: 1 } };
  };
};

/** Who got what, which stage each item stands at, what is still on its way. */
export type End = { mails: string[]; accounts: string[]; parked: string[]; faults: string[] };

/** @throws when it never ends. */
export const dunningNight = async (process: Process): Promise<End> => {
  const month = await monthOf({ seed: 2, ...process, sabotage: plainly });
  const { agenda, bus, parts, journal, mails, call } = month;
  const mailbox = mailboxOf(journal);
  month.hearTaken(mailbox.taken);
  for (const [n, accountId] of accountIds.entries()) await settle(month, accountId, n);
  const start = instantFromText(`${today}T06:30:00Z`).epochMilliseconds;
  for (let tick = 0; tick < 3; tick += 1)
    bus.again(start + tick * 3_600_000, 'tick', () =>
      beginFinding(parts.dunning, textOfInstant(agenda.now()), call()),
    );
  let steps = 0;
  for (let next = agenda.next(); next !== undefined; next = agenda.next()) {
    if ((steps += 1) > 20_000) throw new Error('it never ends');
    await next.run();
  }
  return {
    mails: mails.taken.map(({ mail }) => `${mail.to[0]?.address} ${mail.text}`).toSorted(),
    accounts: accountIds.map((accountId) => {
      const { account } = journal.of({ companyId, accountId });
      const { dunning } = account.head;
      const stages = [...account.items.values()].map(({ id, stage }) => `${id}@${stage}`);
      return JSON.stringify([accountId, stages, dunning.message ?? '', dunning.contacts?.length]);
    }),
    parked: bus.parked.map(({ why }) => why),
    faults: mailbox.faults(),
  };
};
