/**
 * What a customer tells us in words: it was paid already, a question. The words become a
 * note, somebody gets a task, and what they are about is not asked for meanwhile.
 * From: `POST …/says-paid`, `…/questions`. Next: the task of a clerk; holds end by themselves.
 */
import type { QuestionBody, SaysPaidBody } from '../../shared/contracts/portal.ts';
import type { Note } from '../../shared/contracts/notes.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { Account, AccountKey } from '../../shared/domain/account.ts';
import { addBusinessDays } from '../../shared/domain/business-days.ts';
import { dayAt, textOfInstant, type Day, type Instant } from '../../shared/domain/calendar.ts';
import { placeHold } from '../../shared/domain/checkout-hold.ts';
import type { NewTask } from '../../shared/domain/dunning-facts.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import { mostTasksKept } from '../../shared/domain/dunning-position.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { PortalStores } from './portal-parts.ts';
import type { Paper } from '../../shared/ports/account-store.ts';
import { questionsWith } from './questions.ts';
import { ownAccount, type OwnCall } from './read-own.ts';

export type TellCall = OwnCall & { callerId: string; requestId: string };

/** Business days in which somebody looks (`defaults.md` §4.4, §5). */
const heldBusinessDays = 5;
const [mostPerDay, mostTries] = [20, 8];

type Told = {
  act: 'trace-payment' | 'answer-question';
  text: string;
  /** What is not asked for meanwhile, and why. */
  holds?: { code: 'says-paid'; itemIds: readonly string[] };
};

type Kept = { id: string; heldUntil: Day };

export const sayPaid = (
  parts: PortalStores,
  call: TellCall,
  key: AccountKey,
  { paidOn, how, reference, items }: SaysPaidBody,
): Promise<Outcome<Kept, ProblemCode>> =>
  tellUs(parts, call, key, {
    act: 'trace-payment',
    text: `paid on ${paidOn} by ${how}, reference ${reference}`,
    holds: { code: 'says-paid', itemIds: items },
  });

export const ask = (
  parts: PortalStores,
  call: TellCall,
  key: AccountKey,
  { text }: QuestionBody,
): Promise<Outcome<Kept, ProblemCode>> => tellUs(parts, call, key, { act: 'answer-question', text });

/** Words, cases and papers of an account in a day, together. */
export const countTold = async (
  { counter }: Pick<PortalStores, 'counter'>,
  now: Instant,
  { companyId, accountId }: AccountKey,
  thing: string,
): Promise<Outcome<true, 'too-many-words'>> => {
  const counted = { callerId: `account:${companyId}:${accountId}`, what: 'told', most: mostPerDay };
  const span = textOfInstant(now).slice(0, 10);
  return (await counter.count({ ...counted, span, thing })) === 'too-many'
    ? refuse('too-many-words', `More than ${mostPerDay} today.`)
    : done(true);
};

const tellUs = async (
  parts: PortalStores,
  call: TellCall,
  key: AccountKey,
  told: Told,
): Promise<Outcome<Kept, ProblemCode>> => {
  const id = parts.hashText(`${key.companyId}\n${key.accountId}\n${call.requestId}`).slice(0, 32);
  const counted = await countTold(parts, call.now, key, id);
  if (!counted.ok) return counted;
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const itemIds = told.holds?.itemIds ?? [];
    const own = await ownAccount(parts, call, key, itemIds);
    if (!own.ok) return own;
    const { company, loaded, today } = own.value;
    const calendar = await parts.calendarOf(company.country, dayAt(call.now, company.zone));
    const heldUntil = addBusinessDays(today, heldBusinessDays, calendar);
    const note: Note = { id: `note:${id}`, text: told.text, by: call.callerId, at: textOfInstant(call.now) };
    if ((await parts.accounts.paper(call.scope, key, note.id)) !== undefined) return done({ id, heldUntil });
    if (itemIds.some((one) => (loaded.account.items.get(one)?.open ?? 0) <= 0))
      return refuse('item-not-found', 'One of the invoices is not open here.');
    const facts = factsOf(loaded.account, told, { id, noteId: note.id, today, heldUntil });
    const change = {
      ...{ at: call.now, actor: { kind: 'customer', id: call.callerId } as const, facts },
      cause: { kind: 'request', id: call.requestId },
    };
    const question = { question: id, text: told.text, by: call.callerId, at: note.at };
    const papers: Paper[] = [
      { id: `note:${id}`, content: note },
      ...(told.act === 'answer-question' ? [await questionsWith(parts, call.scope, key, question)] : []),
    ];
    const appended = await parts.accounts.append(call.scope, loaded, change, undefined, papers);
    if (appended.outcome === 'appended') return done({ id, heldUntil });
  }
  return refuse('busy', 'The account is being changed by others.');
};

type Frame = { id: string; noteId: string; today: Day; heldUntil: Day };

const factsOf = (
  account: Account,
  { act, holds }: Told,
  { id, noteId, today: on, heldUntil }: Frame,
): Fact[] => {
  const task: NewTask = {
    ...{ id: `task:${act}:${id}`, act, stage: 0, createdOn: on, dueOn: heldUntil },
    ...{ does: [], sums: {}, items: [] },
  };
  const hasRoom = (account.head.dunning.tasks ?? []).length < mostTasksKept;
  const hold = { id: `${holds?.code}:${id}`, code: holds?.code, untilOn: heldUntil, itemIds: holds?.itemIds };
  return [
    { kind: 'noteWritten', noteId, on },
    // an account with that many tasks is in somebody's hands already; the note is there for them
    ...(hasRoom ? [{ kind: 'taskCreated', task, on } as const] : []),
    ...(hold.code !== undefined && hold.itemIds !== undefined
      ? placeHold(account, { ...hold, code: hold.code, itemIds: hold.itemIds }, on)
      : []),
  ];
};
