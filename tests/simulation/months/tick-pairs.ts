/**
 * The same months twice: once with one tick a day, once with ticks that come up to five times more, at any hour, and not at
 * all for up to three days (D3). Nothing else fails and nobody pays, so that only the ticks differ.
 * From: a seed. Next: `tick-pairs.test.ts` compares how both end.
 */
import { beginFinding } from '../../../functions/dunning/find-due.ts';
import { addDays, instantFromText, textOfInstant } from '../../../shared/domain/calendar.ts';
import { postItem } from '../../../shared/domain/post-item.ts';
import { factsOf } from '../../support/account-examples.ts';
import { late, today } from '../../support/dunning-examples.ts';
import { everything } from '../../support/test-edge.ts';
import { drawFrom, type Draw } from './draw.ts';
import { mailboxOf } from './mailbox-checks.ts';
import { staffOf } from './staff.ts';
import type { Sabotage } from './sabotage.ts';
import { companyId, monthOf, type Month } from './world.ts';

const accountIds = Array.from({ length: 12 }, (_, n) => `zqk${String(n).padStart(2, '0')}z`);
const contact = 'contact:master:0000000001' as const;
/** Long enough for every stage there is. */
const days = 150;
const hourMs = 3_600_000;
/** The stage of courtesies, up to the due day; once that has passed they are not made up for. */
const beforeDue = 1;

/** Hours of its days at which a tick comes. */
export type Ticks = (day: number) => readonly number[];

export const oneADay: Ticks = () => [8.5];

/** None for up to three days, then up to six a day. */
export const anyTicks = (draw: Draw): Ticks => {
  let missing = 0;
  const hours = Array.from({ length: days }, () => {
    if (missing > 0) return ((missing -= 1), []);
    if (draw.chance(0.4)) missing = draw.below(4);
    return [8.5, ...Array.from({ length: draw.below(6) }, () => 8.5 + draw.rate(8))];
  });
  return (day) => hours[day]!;
};

const owe = async ({ stores }: Month, draw: Draw, accountId: string, most: number): Promise<void> => {
  const key = { companyId, accountId };
  const change = (facts: readonly object[]) => ({
    ...{ at: instantFromText(`${today}T02:00:00Z`), facts: facts as never },
    actor: { kind: 'job', id: 'setup' } as const,
    cause: { kind: 'setup', id: 's' },
  });
  for (let n = 1 + draw.below(most); n > 0; n -= 1) {
    const number = `${accountId}-${n}`;
    const item = late(`item:invoice:${number}`, 100_000 + draw.below(900_000), 20 - draw.below(40), {
      number,
    });
    const { account, ...loaded } = await stores.plain.accounts.load(everything, key);
    await stores.plain.accounts.append(
      everything,
      { account, ...loaded },
      change(factsOf(postItem(account, item))),
    );
  }
  const contacts = [{ name: 'Kim', email: `ap@${accountId}.example`, role: 'AP' }];
  const policyId = draw.pick(['standard', 'watch', 'small', 'key']);
  const content = { name: accountId, country: 'DE', language: 'en', treatment: { policyId }, contacts };
  const facts = [
    { kind: 'masterDataNoted', masterData: contact, on: today },
    { kind: 'reviewPlanned', nextReviewAt: `${today}T06:30:00Z`, on: today },
  ];
  const loaded = await stores.plain.accounts.load(everything, key);
  await stores.plain.accounts.append(everything, loaded, change(facts), undefined, [
    { id: contact, content },
  ]);
};

export type End = { mails: string[]; items: string[]; work: string[]; faults: string[] };

/** @throws when it never ends. */
/** @param most invoices of an account: several ride along with each other's mails. */
export const liveWith = async (
  seed: number,
  ticks: Ticks,
  most: number,
  sabotage?: Sabotage,
): Promise<End> => {
  const month = await monthOf({ seed: 2 * seed, ...(sabotage && { sabotage }) });
  const { agenda, bus, parts, journal, mails, call } = month;
  const mailbox = mailboxOf(journal);
  month.hearTaken(mailbox.taken);
  const draw = drawFrom(seed);
  for (const accountId of accountIds) await owe(month, draw, accountId, most);
  const staff = staffOf(month);
  const start = instantFromText(`${addDays(today, 0)}T22:00:00Z`).epochMilliseconds - 24 * hourMs;
  for (let day = 0; day < days; day += 1) {
    const at = (hour: number): number => start + (24 * day + hour) * hourMs;
    for (const hour of ticks(day))
      bus.again(at(hour), 'tick', () => beginFinding(parts.dunning, textOfInstant(agenda.now()), call()));
    agenda.at(at(10), 'desk', () => staff.desk(accountIds));
  }
  for (let steps = 0; agenda.nextMs() < Infinity; steps += 1) {
    if (steps > 100_000) throw new Error('it never ends');
    await agenda.next()!.run();
  }
  const books = accountIds.map((accountId) => journal.of({ companyId, accountId }));
  return {
    mails: mails.taken.map(({ mail }) => `${mail.to[0]?.address} ${mail.subject}`),
    items: books.flatMap(({ account }) =>
      [...account.items.values()].map(({ id, stage }) => `${id}@${stage}`),
    ),
    work: books.flatMap(({ account: { head } }) =>
      (head.dunning.tasks ?? [])
        .filter(({ stage }) => stage > beforeDue)
        .map(({ act, stage }) => `${head.accountId} ${act} ${stage}`)
        .toSorted(),
    ),
    faults: mailbox.faults(),
  };
};
