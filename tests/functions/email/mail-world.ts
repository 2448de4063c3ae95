/**
 * One company, accounts with overdue invoices and contacts, and the mail piece on in-memory ports.
 * From: tests of this folder. Next: they plan with the planner of the domain, and send.
 * The mail service here sends a repeated operation twice: only what Dunwell does keeps a mail single.
 */
import { sha256 } from '../../../shared/azure/entry-hash.ts';
import { hmacLinks } from '../../../shared/azure/hmac-links.ts';
import { addDays, dayFromText, instantFromText, type Instant } from '../../../shared/domain/calendar.ts';
import { decidePlan } from '../../../shared/domain/decide-plan.ts';
import type { Fact } from '../../../shared/domain/facts.ts';
import type { Item } from '../../../shared/domain/item.ts';
import type { MasterData } from '../../../shared/domain/master-data.ts';
import { postItem } from '../../../shared/domain/post-item.ts';
import { dunningFrames, inputOf } from '../../../shared/edge/read-dunning-frame.ts';
import { renderMessage } from '../../../shared/formats/render-message.ts';
import type { Paper } from '../../../shared/ports/account-store.ts';
import type { PaceLimits } from '../../../shared/domain/mail-pace.ts';
import type { MailParts } from '../../../functions/email/parts.ts';
import { sendMessage } from '../../../functions/email/send-message.ts';
import { factsOf, itemWith, money } from '../../support/account-examples.ts';
import { withFaults, type Gate } from '../../support/faults.ts';
import { memoryAccounts } from '../../support/memory/account-store.ts';
import { memoryFeeds } from '../../support/memory/feed-store.ts';
import { memoryFiles } from '../../support/memory/file-store.ts';
import { memoryInbox } from '../../support/memory/inbox-store.ts';
import { memoryPacing } from '../../support/memory/mail-pacing.ts';
import { memoryMailer, type MailerOptions } from '../../support/memory/mailer.ts';
import { memorySender } from '../../support/memory/message-sender.ts';
import { memoryPeople } from '../../support/memory/people-store.ts';
import { memorySettings } from '../../support/memory/settings-store.ts';
import { everything } from '../../support/test-edge.ts';

/** A Tuesday, ten in the morning in Berlin. */
export const tuesday: Instant = instantFromText('2026-06-16T08:00:00Z');
export const today = dayFromText('2026-06-16');
export const companyId = 'acme';
export const week = { weekend: [6, 7], holidays: new Set<typeof today>() };

const company = {
  ...{ companyId, legalName: 'Acme Tools Ltd', mode: 'dunwellLed', zone: 'Europe/Berlin' },
  ...{ country: 'DE', currency: 'EUR' },
};
export const mailSetting = {
  ...{
    from: 'billing@dunwell.example',
    replyDomain: 'reply.dunwell.example',
    address: ['1 Mill Lane', 'Berlin'],
  },
  sender: { name: 'Ann Lee', email: 'ann@acme.example', phone: '+49 30 1', hours: '9-17' },
  linkOrigin: 'https://pay.acme.example',
};
const bankDetails = {
  inForce: {
    ...{ version: 1, holder: 'Acme Tools Ltd', account: 'DE02120300000000202051', reason: 'first' },
    ...{
      askedBy: 'p1',
      askedAt: '2026-01-01T00:00:00Z',
      releasedBy: 'p2',
      releasedAt: '2026-01-01T01:00:00Z',
    },
  },
};

export type WorldOptions = MailerOptions & { limits?: PaceLimits; gate?: Gate };

export const createMailWorld = async ({
  limits = { perMinute: 30, perHour: 100 },
  gate,
  ...service
}: WorldOptions = {}) => {
  const [settings, feeds, accounts] = [memorySettings(), memoryFeeds(), memoryAccounts()];
  const [mailer, sender] = [memoryMailer(service), memorySender()];
  const change = { by: 'tenant:setup', at: '2026-01-01T00:00:00Z', reason: 'set up' };
  for (const [name, value] of Object.entries({
    ...{ company, mail: mailSetting, ourBankDetails: bankDetails },
    dunning: { goLiveOn: '2025-01-01', disclosedFactors: [] },
  }))
    await settings.save(everything, { scope: `company:${companyId}`, name }, 0, { value, ...change });
  const calendarOf = async () => week;
  const file = async () => ({ ok: true as const, value: new Uint8Array([1]) });
  const plain = {
    ...{
      accounts,
      settings,
      mailer,
      sender,
      documents: memoryFiles(),
      people: memoryPeople(),
      inbox: memoryInbox(),
    },
    pacing: memoryPacing(limits),
  };
  const faulty =
    gate === undefined
      ? plain
      : (Object.fromEntries(
          Object.entries(plain).map(([name, port]) => [name, withFaults(port, gate, name)]),
        ) as typeof plain);
  const parts: MailParts = {
    ...faulty,
    links: hmacLinks([Buffer.alloc(32, 7).toString('base64')]),
    frameOf: dunningFrames({ feeds, settings, calendarOf, hashText: sha256 }),
    ...{ calendarOf, hashText: sha256, salt: 'salt', letterOf: file, sheetOf: file },
    ...{ statementOf: file, copyOf: file },
    render: renderMessage,
  };
  return { ...plain, parts, feeds, mailer, sender };
};
export type MailWorld = Awaited<ReturnType<typeof createMailWorld>>;

export const contact = (email = 'ap@north.example', more: Partial<MasterData> = {}): MasterData => ({
  ...{ name: 'North Retail', country: 'DE', language: 'en' },
  contacts: [{ name: 'Kim Ap', email, role: 'Accounts Payable' }],
  ...more,
});

/** An invoice so many days late. */
export const lateItem = (accountId: string, n: number, daysLate: number, cents = 50_000): Item => {
  const dueOn = addDays(today, -daysLate);
  const documentOn = addDays(dueOn, -30);
  return itemWith({
    ...{ id: `item:invoice:${accountId}-${n}`, number: `${accountId}-${n}`, original: money(cents) },
    ...{ dueOn, firstDueOn: dueOn, documentOn, postedOn: documentOn },
  });
};

const actor = { kind: 'job', id: 'test' } as const;

export const appendTo = async (
  { accounts }: Pick<MailWorld, 'accounts'>,
  accountId: string,
  facts: readonly Fact[],
  papers: readonly Paper[] = [],
): Promise<void> => {
  const loaded = await accounts.load(everything, { companyId, accountId }, (head) => [
    ...(head.openItems ?? []).map(({ id }) => id),
  ]);
  const cause = { kind: 'test', id: 'test' };
  const appended = await accounts.append(
    everything,
    loaded,
    { at: tuesday, actor, cause, facts },
    undefined,
    papers,
  );
  if (appended.outcome !== 'appended') throw new Error(appended.outcome);
};

/** An account with items and somebody to write to. */
export const open = async (
  world: MailWorld,
  accountId: string,
  items: Item[],
  who = contact(),
): Promise<void> => {
  for (const item of items) {
    const { account } = await world.accounts.load(everything, { companyId, accountId });
    const { open: _open, ...rest } = item;
    await appendTo(world, accountId, factsOf(postItem(account, { ...rest, open: item.original })));
  }
  const id = 'contact:master:0000000001';
  await appendTo(
    world,
    accountId,
    [{ kind: 'masterDataNoted', masterData: id, on: today }],
    [{ id, content: who }],
  );
};

/** What the planner would do now, written. */
export const plan = async (world: MailWorld, accountId: string, now = tuesday): Promise<string> => {
  const frame = (await world.parts.frameOf(companyId, now))!;
  const key = { companyId, accountId };
  const { account } = await world.accounts.load(everything, key, (head) =>
    (head.openItems ?? []).map(({ id }) => id),
  );
  const masterData = (await world.accounts.paper(everything, key, account.head.masterData!)) as MasterData;
  const known = { head: account.head, items: [...account.items.values()], masterData };
  const input = await inputOf(frame, known, world.parts.calendarOf);
  const facts = decidePlan(account, input, frame);
  await appendTo(world, accountId, facts);
  const planned = facts.find((fact) => fact.kind === 'messagePlanned');
  if (planned === undefined) throw new Error(`nothing was planned: ${JSON.stringify(facts)}`);
  return planned.message.id;
};

export const run = (world: MailWorld, accountId: string, messageId: string, now = tuesday) =>
  sendMessage(world.parts, { v: 1, companyId, accountId, messageId }, { now, scope: everything });

export const headOf = async (world: MailWorld, accountId: string) =>
  (await world.accounts.load(everything, { companyId, accountId })).account.head;

/** Kinds of facts of the account, in order. */
export const factsIn = async (world: MailWorld, accountId: string): Promise<Fact[]> =>
  (
    await world.accounts.entries(everything, { companyId, accountId }, { afterVersion: 0, limit: 500 })
  ).flatMap(({ facts }) => [...facts]);
