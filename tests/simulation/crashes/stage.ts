/**
 * Where a story is played: one company, its bus, its mail service, a few accounts, and an agenda of some days. The
 * process may die at any effect; all that must hold of a month is looked at after each step here, too.
 * From: a story. Next: `stories.test.ts` compares its end with the end of the same story in which nothing died.
 */
import { createHash } from 'node:crypto';
import { wakeCases } from '../../../functions/disputes/wake-cases.ts';
import { beginFinding } from '../../../functions/dunning/find-due.ts';
import { receiveFile } from '../../../functions/invoice-ingestion/receive-file.ts';
import { reconcileEvents } from '../../../functions/portal/reconcile-events.ts';
import { importBody } from '../../../shared/contracts/imports.ts';
import { addDays, instantFromText, textOfInstant } from '../../../shared/domain/calendar.ts';
import type { Fact } from '../../../shared/domain/facts.ts';
import type { Item } from '../../../shared/domain/item.ts';
import { postItem } from '../../../shared/domain/post-item.ts';
import { camtText, type Booking } from '../../formats/bank/examples.ts';
import { factsOf } from '../../support/account-examples.ts';
import { today } from '../../support/dunning-examples.ts';
import { everything } from '../../support/test-edge.ts';
import { checksOf } from '../months/checks.ts';
import type { Process } from '../months/crash-points.ts';
import { mailboxOf } from '../months/mailbox-checks.ts';
import { companyId, monthOf, type Month } from '../months/world.ts';
import { endOf, type End } from './end.ts';

const contact = 'contact:master:0000000001' as const;
const mostSteps = 20_000;

/** Told on a stage: everything that is to happen is put on its agenda. */
export type Story = { mode: 'erpLed' | 'dunwellLed'; tell: (stage: Stage) => Promise<void> };
export type Stage = Awaited<ReturnType<typeof stageOf>>;

/** What a text looks like is not the matter here: what it says is. Payers are found by the numbers they name. */
const plainly =
  (numbers: () => { accountId: string; itemId: string; number: string }[]) =>
  ({ mail, files }: Month['parts']): void => {
    mail.render = (name, _language, { tables, customer }) => {
      const text = `${name} ${customer.accountNumber} ${tables.map(({ asked }) => asked).join()}`;
      return { ok: true, value: { subject: 'Invoices', html: text, text, version: 1 } };
    };
    files.parts = Object.assign(files.parts, {
      numbers: {
        findByNumber: async (_scope: unknown, _company: string, wanted: readonly string[]) =>
          numbers().filter(({ number }) => wanted.includes(number)),
      },
    });
  };

export const stageOf = async (process: Process, mode: Story['mode']) => {
  const numbered: { accountId: string; itemId: string; number: string }[] = [];
  const month = await monthOf({ seed: 2, mode, ...process, sabotage: plainly(() => numbered) });
  const { bus, parts, journal, call, stores } = month;
  const mailbox = mailboxOf(journal);
  month.hearTaken(mailbox.taken);
  const check = checksOf(month, journal);
  const accounts: string[] = [];
  const saw: string[] = [];
  const atMs = (day: number, time: string): number =>
    instantFromText(`${addDays(today, day)}T${time.padEnd(8, ':00')}Z`).epochMilliseconds;
  /** Comes again a minute after the process died, until it is done. */
  const at = (day: number, time: string, what: string, run: () => Promise<unknown>, about = {}): void =>
    bus.again(atMs(day, time), what, run, about);

  return {
    ...{ month, at, atMs, saw, today },
    dayAfter: (days: number) => addDays(today, days),
    /** An account with somebody to write to and items that are late; the first look at it is that of the first morning. */
    settle: async (accountId: string, items: readonly Item[]): Promise<void> => {
      accounts.push(accountId);
      numbered.push(...items.map(({ id, number }) => ({ accountId, itemId: id, number })));
      const { account, ...loaded } = await stores.plain.accounts.load(everything, { companyId, accountId });
      const facts: Fact[] = [
        { kind: 'masterDataNoted', masterData: contact, on: today },
        // of a book that the ERP keeps they come with its first file
        ...(mode === 'erpLed' ? [] : items.flatMap((item) => factsOf(postItem(account, item)))),
        { kind: 'reviewPlanned', nextReviewAt: `${today}T06:30:00Z`, on: today },
      ];
      const contacts = [{ name: 'Kim', email: `ap@${accountId}.example`, role: 'AP' }];
      const content = { name: accountId, country: 'DE', language: 'en', treatment: { policyId: 'standard' } };
      const by = { actor: { kind: 'job', id: 'setup' } as const, cause: { kind: 'setup', id: 's' } };
      const change = { at: instantFromText(`${today}T02:00:00Z`), facts, ...by };
      const papers = [{ id: contact, content: { ...content, contacts } }];
      await stores.plain.accounts.append(everything, { account, ...loaded }, change, undefined, papers);
    },
    /** The run of the morning, and two looks after it; cases and the provider's list are looked at beside. */
    mornings: (...days: number[]): void => {
      for (const day of days)
        for (const time of ['06:30', '07:30', '08:30']) {
          const slot = new Date(atMs(day, time)).toISOString();
          at(day, time, 'tick', () => beginFinding(parts.dunning, textOfInstant(month.agenda.now()), call()));
          at(day, time, 'cases tick', () => wakeCases(slot, call(), parts.disputes));
          at(day, time, 'events tick', () =>
            reconcileEvents(parts.portal, { v: 1, job: 'events', slot }, call()),
          );
        }
    },
    /** A file of the bank, as it is uploaded: again until there is an answer. */
    statement: (day: number, time: string, bookings: readonly Booking[]): void => {
      const intent = { account: 'DE02120300000000202051', day: addDays(today, day), opening: 0, bookings };
      const bytes = Buffer.from(camtText(intent));
      const body = importBody.parse({
        ...{ company: companyId, source: 'bank', locale: 'plain', scope: {}, kind: 'bankStatement' },
        ...{ name: `bank-${day}.xml`, format: 'camt053', size: bytes.length },
        sha256: createHash('sha256').update(bytes).digest('hex'),
      });
      at(day, time, `statement ${day}`, async () => {
        const feed = { by: 'feed', isFeed: true };
        const now = month.agenda.now();
        const received = await receiveFile(parts.files.parts, everything, body, bytes, feed, now);
        if (!received.ok) throw new Error(`${received.code}: ${received.detail}`);
      });
    },
    /** To the end. @throws when it never ends. */
    play: async (): Promise<End> => {
      const found: string[] = [];
      let steps = 0;
      for (let next = month.agenda.next(); next !== undefined; next = month.agenda.next()) {
        if ((steps += 1) > mostSteps) throw new Error('it never ends');
        await next.run();
        found.push(...(await check.step()), ...mailbox.faults());
      }
      return { ...(await endOf(month, accounts)), saw: saw.toSorted(), faults: found };
    },
  };
};

/** The story as one process lives it. */
export const lived =
  ({ mode, tell }: Story) =>
  async (process: Process): Promise<End> => {
    const stage = await stageOf(process, mode);
    await tell(stage);
    return stage.play();
  };
