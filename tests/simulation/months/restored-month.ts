/**
 * A month whose database is set back (D17, drill L10): it stops at some moment, all stores are as they were up to three
 * days before, and only what lies outside is of now: what the mail service took, the archive of mails, the ERP, messages
 * under way. IT follows `docs/how-to/restore-from-backup.md`, and the month goes on to its end.
 * From: a seed. Next: `restored.test.ts`; customers know every mail they ever got.
 */
import { readRestore, saveRestore } from '../../../functions/email/restore-mails.ts';
import { textOfInstant, instantFromMs } from '../../../shared/domain/calendar.ts';
import type { RestoreBody } from '../../../shared/contracts/mail-restore.ts';
import { everything } from '../../support/test-edge.ts';
import type { MemoryFiles } from '../../support/memory/file-store.ts';
import { drawFrom } from './draw.ts';
import { renewLists, setOut, type UnderWay } from './run-month.ts';
import { companyId, type MonthOptions } from './world.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Mails customers have that the book forgot, and how many of them it knows in the end. */
export type Restored = { mails: number; forgotten: number; found: number };
export type RestoreOptions = MonthOptions & {
  /** Nobody says that it was set back. */
  isUntold?: boolean;
};

const liveUntil = async (underWay: UnderWay, ms: number): Promise<void> => {
  while (underWay.month.agenda.nextMs() <= ms) await underWay.step();
};

/** @throws Broken where a mail goes out again, or anything else does not hold. */
export const restoreMonth = async ({ isUntold = false, ...options }: RestoreOptions): Promise<Restored> => {
  const draw = drawFrom(options.seed + 10_000);
  const [lost, book] = [await setOut(options), await setOut(options)];
  const stopMs = lost.month.atMs(5 + draw.below(20), draw.rate(24));
  const backMs = stopMs - hourMs - draw.rate(3 * dayMs);
  await liveUntil(lost, stopMs);
  await liveUntil(book, backMs);
  const forgotten = lost.month.mails.taken.slice(book.month.mails.taken.length);
  outside(lost, book);
  forgetTime(lost, book, stopMs);
  if (!isUntold) tellIt(book, { stopMs, backMs });
  book.month.agenda.at(stopMs, 'restored', () => book.erp.know(lost.erp.book));
  const slot = textOfInstant(instantFromMs(Math.round(stopMs)));
  if (book.month.hasLists) book.month.agenda.at(stopMs, 'past due', async () => renewLists(book.month, slot));
  while (book.month.agenda.nextMs() < Infinity) await book.step();
  const { mails } = await book.end(false);
  const found = forgotten.filter(({ operationId }) => isInBook(book, operationId)).length;
  return { mails, forgotten: forgotten.length, found };
};

const filesOf = ({ month }: UnderWay): MemoryFiles['files'] => month.stores.plain.documents.files;

const isInBook = ({ month }: UnderWay, operationId: string): boolean =>
  [...month.journal.books.values()].some(({ entries }) =>
    entries.some(
      ({ cause, facts }) =>
        (cause.kind === 'restore' && cause.id === operationId) ||
        facts.some((fact) => 'operationId' in fact && fact.operationId === operationId),
    ),
  );

/** What no database holds. */
const outside = (lost: UnderWay, book: UnderWay): void => {
  const { taken } = book.month.mails;
  taken.push(...lost.month.mails.taken.slice(taken.length));
  for (const [name, bytes] of filesOf(lost)) filesOf(book).set(name, bytes);
  book.mailbox.learn(lost.mailbox.once);
  book.contacts.learn(lost.contacts.lives);
};

/** An import that was under way at that moment is uploaded again, as IT is told to. */
const importing = ['imports', 'account-postings', 'snapshots'];

const stillUnderWay = ['messages-to-send', 'account-evaluations', 'delivery-reports'];

/** The hours between did not happen here; the bus is the one of now, the change feed goes on where it was. */
const forgetTime = (lost: UnderWay, book: UnderWay, stopMs: number): void => {
  const { agenda, bus } = book.month;
  const begun = agenda.carried().filter(({ queue }) => importing.includes(queue));
  agenda.drop(
    ({ atMs, what, carried }) =>
      what !== 'feed' && (atMs <= stopMs || (carried !== undefined && bus.isQueue(carried.queue))),
  );
  const messages = lost.month.agenda.carried().filter(({ queue }) => stillUnderWay.includes(queue));
  agenda.at(stopMs, 'bus', async () => {
    for (const [n, { queue, body }] of [...messages, ...begun].entries())
      await bus.sender.send(queue, [{ id: `under way ${n}`, body }]);
  });
};

type When = { stopMs: number; backMs: number };

/** First that nothing leaves; after the next night that the book is complete; once all was found that mail goes out. */
const tellIt = (book: UnderWay, { stopMs, backMs }: When): void => {
  const { month } = book;
  const { agenda, bus, parts } = month;
  const restoredTo = textOfInstant(instantFromMs(Math.round(backMs)));
  let isOpen = true;
  const say = async (state: RestoreBody['state'], after: number): Promise<boolean> => {
    const body = { restoredTo, state, after, reason: 'the region is lost' };
    const said = await saveRestore(parts.mail, companyId, body, { ...month.call(), callerId: 'u:adm' });
    return said.ok;
  };
  month.stopped.sinceMs = stopMs;
  month.hearTaken(({ operationId }) => {
    if (isOpen) book.feeds.push(`D17 ${operationId} leaves unasked`);
  });
  // nothing else is started before that is said
  agenda.at(stopMs, 'restored', async () => {
    while (!(await say('waiting', 0).catch(() => month.gate.restart()))) continue;
  });
  const completeMs = (Math.floor((stopMs - month.atMs(0, 0)) / dayMs) + 1) * dayMs + month.atMs(0, 6);
  // refused until a snapshot tells of it
  const complete = async (): Promise<void> => {
    if (!(await say('looking', 1))) bus.again(agenda.nowMs() + hourMs, 'complete', complete);
  };
  bus.again(completeMs, 'complete', complete);
  const ask = async (): Promise<void> => {
    const answer = await readRestore(parts.mail, companyId, everything);
    if (answer.ok && answer.value.lookedFor !== null && (await say('done', 2))) {
      isOpen = false;
      delete month.stopped.sinceMs;
    } else bus.again(agenda.nowMs() + hourMs, 'ask', ask);
  };
  bus.again(completeMs + hourMs, 'ask', ask);
};
