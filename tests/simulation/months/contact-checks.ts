/**
 * How a month's customers are reached: in their hours and not too often (D8), stages by the day the mail service took the
 * mail (D9), nothing to an address known to be dead (D10), nothing while all is stopped (D15).
 * From: claims in the journal, what the mail service took. Next: `run-month.ts`. Counted anew, by nothing the code keeps.
 */
import { addDays, dayAt, instantFromMs, weekdayOf, type Day } from '../../../shared/domain/calendar.ts';
import type { MessageFact, PlannedMessage } from '../../../shared/domain/dunning-facts.ts';
import type { Entry } from '../../../shared/domain/entry.ts';
import { emailHashOf } from '../../../shared/domain/person.ts';
import { defaultPolicy } from '../../../shared/domain/policy-defaults.ts';
import { sha256 } from '../../../shared/azure/entry-hash.ts';
import { mayNotWrite } from './contact-rules.ts';
import { addressesOf } from './erp.ts';
import type { Written } from './journal.ts';
import type { Taken } from './mail-service.ts';
import { salt } from './stores.ts';
import { companyId, zone, type Month } from './world.ts';

type Reached = { messageId: string; on: Day; isCourtesy: boolean; isLost: boolean };
/** Reminders the mail service took, newest first, days somebody was talked with, and what carried each item last. */
type Life = { reached: Reached[]; talks: Day[]; carried: Map<string, string[]>; acts: Map<string, Day> };
type Claim = { order: number; accountId: string; messageId: string };

const ceilings = [
  { most: 1, days: 1 },
  { most: 2, days: 7 },
  { most: 5, days: 30 },
];
const withPeople = { most: 3, days: 7 };
/** Business days of the company for which a talk keeps automatic mails back. */
const restAfterTalk = 5;
/** All that a stop takes to be known everywhere. */
const stopMs = 60_000;

export const contactChecksOf = (month: Month, countryOf: (accountId: string) => string) => {
  const { journal, agenda } = month;
  const found: string[] = [];
  const lives = new Map<string, Life>();
  const claims = new Map<string, Claim>();
  const barred = new Map<string, number>();
  const hashes = new Map<string, string>();
  let order = 0;
  const lifeOf = (accountId: string): Life => {
    const life = lives.get(accountId) ?? { reached: [], talks: [], carried: new Map(), acts: new Map() };
    lives.set(accountId, life);
    return life;
  };
  const hashOf = (address: string): string => {
    const known = hashes.get(address) ?? emailHashOf(address, salt, sha256);
    hashes.set(address, known);
    return known;
  };

  const claimed = (accountId: string, { messageId, operationId }: ClaimFact): void => {
    claims.set(operationId, { order, accountId, messageId });
    const closed = mayNotWrite(countryOf(accountId), agenda.nowMs());
    if (closed !== undefined) found.push(`D8 ${messageId} of ${accountId} goes out ${closed}`);
    const { sinceMs } = month.stopped;
    if (sinceMs !== undefined && agenda.nowMs() - sinceMs > stopMs)
      found.push(`D15 ${messageId} of ${accountId} goes out while all is stopped`);
    const planned = journal.of({ companyId, accountId }).planned.get(messageId);
    if (planned === undefined) return;
    const today = dayAt(instantFromMs(agenda.nowMs()), zone);
    const what = [
      ...tooOften(lifeOf(accountId), planned, today),
      ...tooMuch(lifeOf(accountId), planned, today),
      ...tooSoon(lifeOf(accountId), planned, today),
    ];
    found.push(...what.map((fault) => `${fault} of ${accountId}`));
  };

  const isBarred = (address: string): boolean => barred.has(hashOf(address));
  /** D10: whom nobody can write to any more is somebody's work. */
  const forgotten = ({ entry: { accountId }, after }: Written, fact: MessageFact): string[] => {
    const isLast =
      fact.kind === 'messageReported' &&
      fact.isCopy !== true &&
      isDead(fact.status) &&
      addressesOf(accountId).every(isBarred);
    const isWork = after.head.dunning.tasks?.some(({ act }) => act === 'findContact') ?? false;
    return isLast && !isWork ? [`D10 nobody looks for a contact of ${accountId}`] : [];
  };

  journal.hear((written) => {
    const { entry } = written;
    order += 1;
    const life = lifeOf(entry.accountId);
    for (const fact of entry.facts) {
      if (fact.kind === 'messageClaimed' || fact.kind === 'noticeClaimed') claimed(entry.accountId, fact);
      if (fact.kind === 'messageReported' && isDead(fact.status) && !barred.has(fact.recipient))
        barred.set(fact.recipient, order);
      if (fact.kind === 'messageReported') found.push(...forgotten(written, fact));
      if (fact.kind === 'callLogged' && fact.call.isTalk) life.talks.push(fact.on);
      if (fact.kind === 'itemsCarried') found.push(...carry(life, fact));
      if (fact.kind === 'carryingUndone') uncarry(life, fact);
    }
  });

  return {
    lives,
    /** Mails that reached customers and the book forgot; calls nobody but the book knew of. */
    learn: (more: ReadonlyMap<string, Life>): void =>
      more.forEach((life, id) => lives.set(id, { ...life, talks: lifeOf(id).talks })),
    taken: ({ operationId, mail, atMs }: Taken): void => {
      const claim = claims.get(operationId);
      if (claim === undefined) return;
      const { accountId, messageId } = claim;
      for (const { address } of [...mail.to, ...mail.cc])
        if ((barred.get(hashOf(address)) ?? Infinity) < claim.order)
          found.push(`D10 ${messageId} went to ${address}, which is dead`);
      const planned = journal.of({ companyId, accountId }).planned.get(messageId);
      if (planned === undefined) return;
      const on = dayAt(instantFromMs(atMs), zone);
      const { reached, acts } = lifeOf(accountId);
      reached.unshift({ messageId, on, isCourtesy: planned.tone === 'courtesy', isLost: false });
      acts.set(messageId, on);
    },
    faults: (): string[] => found.splice(0),
  };
};

type ClaimFact = { messageId: string; operationId: string };
type Of<Kind> = Extract<Entry['facts'][number], { kind: Kind }>;
type Reported = Extract<MessageFact, { kind: 'messageReported' }>;

const isDead = (status: Reported['status']): boolean =>
  status === 'bounced' || status === 'suppressed' || status === 'complained';

const gapOf = ({ policyId }: PlannedMessage): number => defaultPolicy(policyId)?.gapDays ?? 0;

/** D8: ceilings of all reminders; days between one that arrived and the next. */
const tooOften = ({ reached }: Life, planned: PlannedMessage, today: Day): string[] => {
  const found = ceilings.flatMap(({ most, days }) => {
    const within = reached.filter(({ on }) => on > addDays(today, -days));
    return within.length >= most ? [`D8 ${planned.id} is one more than ${most} in ${days} days`] : [];
  });
  const last = reached.find(({ isCourtesy, isLost }) => !isCourtesy && !isLost);
  if (last !== undefined && today < addDays(last.on, gapOf(planned)))
    found.push(`D8 ${planned.id} comes too soon after ${last.messageId}`);
  return found;
};

/** D8: mails and talks together, whoever made them; a talk keeps the next mail back. */
const tooMuch = ({ reached, talks }: Life, planned: PlannedMessage, today: Day): string[] => {
  const all = [...reached.map(({ on }) => on), ...talks].filter(
    (on) => on > addDays(today, -withPeople.days),
  );
  const talk = talks.toSorted().at(-1);
  return [
    ...(all.length >= withPeople.most ? [`D8 ${planned.id} is one more than people's ${all.join()}`] : []),
    ...(talk !== undefined && today < restUntil(talk)
      ? [`D8 ${planned.id} comes after a talk on ${talk}`]
      : []),
  ];
};

const restUntil = (talk: Day): Day => {
  let [on, left] = [talk, restAfterTalk];
  while (left > 0) {
    on = addDays(on, 1);
    if (weekdayOf(on) < 6) left -= 1;
  }
  return on;
};

/** D9: an item's next stage counts from the day on which its last one was taken. */
const tooSoon = ({ carried, acts }: Life, planned: PlannedMessage, today: Day): string[] =>
  planned.items.flatMap(({ itemId, isDue, courtesyDay }) => {
    const by = carried.get(itemId)?.at(-1);
    const on = by === undefined ? undefined : acts.get(by);
    return isDue && courtesyDay === undefined && on !== undefined && today < addDays(on, gapOf(planned))
      ? [`D9 ${planned.id} moves ${itemId}, which ${by} moved on ${on}`]
      : [];
  });

/** Stages move by a mail that was taken, or by a call. */
const carry = ({ carried, acts }: Life, { by, items, on }: Of<'itemsCarried'>): string[] => {
  const isMail = by.startsWith('message:');
  if (!isMail && !acts.has(by)) acts.set(by, on);
  for (const { itemId, courtesyDay } of items)
    if (courtesyDay === undefined && carried.get(itemId)?.at(-1) !== by)
      carried.set(itemId, [...(carried.get(itemId) ?? []), by]);
  return isMail && !acts.has(by) ? [`D9 ${by} moves stages and nobody took it`] : [];
};

const uncarry = ({ carried, reached }: Life, { by, itemIds }: Of<'carryingUndone'>): void => {
  for (const id of itemIds) if (carried.get(id)?.at(-1) === by) carried.get(id)?.pop();
  for (const one of reached) if (one.messageId === by) one.isLost = true;
};
