/**
 * Sends a planned message at most once: gate, exact mail kept, claim, one hand-over, what came of it.
 * From: queue `messages-to-send`, in order per account. Next: the mail service; entries of the account.
 * It may come twice, late, or after a crash between any two steps: the head says where the message stands.
 */
import type { MessageToSend } from '../../shared/contracts/messages.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { instantFromText } from '../../shared/domain/calendar.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { WithheldReason } from '../../shared/domain/withheld-reasons.ts';
import type { CompanyFrame } from '../../shared/edge/read-dunning-frame.ts';
import type { LoadedAccount } from '../../shared/ports/account-store.ts';
import { appendFacts, noteWait } from './change-message.ts';
import { claim } from './claim-message.ts';
import { composeMail } from './compose-mail.ts';
import { gateNotice, gateReminder, type Gated } from './gate-message.ts';
import { handOver, settle } from './hand-over.ts';
import { noteAccepted } from './note-accepted.ts';
import { mostTries, type MailCall, type MailParts, type Place } from './parts.ts';
import { itemsToJudge, paperOf, waitingOf, wasHandedOver, type Waiting } from './read-message.ts';
import { sendAgainAt } from './send-again.ts';

export const sendMessage = async (
  parts: MailParts,
  { companyId, accountId, messageId, hasWaited = false }: MessageToSend,
  call: MailCall,
): Promise<Outcome<string, ProblemCode>> => {
  const frame = await parts.frameOf(companyId, call.now);
  if (frame === undefined) return refuse('company-unknown', `There are no settings of company ${companyId}.`);
  const place = { companyId, accountId, messageId };
  const turn: Turn = { hasSlot: false, hasWaited };
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const loaded = await parts.accounts.load(call.scope, place, itemsToJudge(messageId));
    const outcome = await step(parts, call, place, loaded, frame, turn);
    if (outcome !== 'again') return outcome;
  }
  throw new Error(`account ${accountId} is being changed by others`);
};

/** A slot is taken once, however often the account was changed by others meanwhile. */
type Turn = { hasSlot: boolean; hasWaited: boolean };
type Stepped = Outcome<string, ProblemCode> | 'again';

const step = (
  parts: MailParts,
  call: MailCall,
  place: Place,
  loaded: LoadedAccount,
  frame: CompanyFrame,
  turn: Turn,
): Promise<Stepped> => {
  const waiting = waitingOf(loaded, place.messageId);
  if (waiting.is === 'gone') return Promise.resolve(done('gone'));
  switch (waiting.pending.state) {
    case 'planned':
    case 'awaiting':
      return tryToSend(parts, call, place, { loaded, waiting, frame, turn });
    case 'claimed':
      return settle(parts, call, place, waiting.pending, frame.today);
    case 'carrying':
      return noteAccepted(parts, call, place, frame.today).then(() => done('sent'));
    case 'inDoubt':
      return Promise.resolve(done('in-doubt'));
  }
};

type Now = {
  loaded: LoadedAccount;
  waiting: Exclude<Waiting, { is: 'gone' }>;
  frame: CompanyFrame;
  turn: Turn;
};

const tryToSend = async (parts: MailParts, call: MailCall, place: Place, now: Now): Promise<Stepped> => {
  const { loaded, waiting, frame } = now;
  const gated =
    waiting.is === 'reminder'
      ? await gateReminder(parts, call, place, loaded, frame)
      : await gateNotice(parts, call, waiting.pending, loaded, frame);
  const { answer } = gated;
  switch (answer.is) {
    case 'gone':
      return done('gone');
    case 'wait':
      if (answer.until === undefined) return done(answer.reason);
      return waitUntil(parts, call, place, now, answer.reason, answer.until);
    case 'withhold':
      await withholdAt(parts, call, place, now, answer.reasons);
      return 'again';
    case 'replan': {
      const planned = { kind: 'messagePlanned', message: answer.message, on: frame.today } as const;
      await appendFacts(parts, call, place, loaded, [planned]);
      return 'again';
    }
    case 'send':
      return send(parts, call, place, now, gated);
  }
};

/** Under the version it was judged at; when that is over, it is judged again. */
const withholdAt = async (
  parts: MailParts,
  call: MailCall,
  place: Place,
  { loaded, waiting, frame: { today: on } }: Now,
  reasons: readonly WithheldReason[],
): Promise<void> => {
  const kind = waiting.is === 'notice' ? 'noticeWithheld' : 'messageWithheld';
  await appendFacts(parts, call, place, loaded, [{ kind, messageId: place.messageId, reasons, on }]);
};

const waitUntil = async (
  parts: MailParts,
  call: MailCall,
  place: Place,
  { loaded, frame: { today: on } }: Now,
  reason: WithheldReason,
  until: string,
): Promise<Stepped> => {
  await noteWait(parts, call, place, { reason, on }, loaded);
  await sendAgainAt(parts, place, instantFromText(until), reason === 'quota-wait');
  return done(reason);
};

/** Texts that go to many at once. What somebody waits for is not behind them. */
const ofMany: ReadonlySet<string> = new Set(['T0', 'T10', 'T13']);

const turnOf = (waiting: Now['waiting']): 'oneOfMany' | undefined =>
  waiting.is === 'reminder' || ofMany.has(waiting.pending.text) ? 'oneOfMany' : undefined;

const send = async (
  parts: MailParts,
  call: MailCall,
  place: Place,
  now: Now,
  gated: Gated,
): Promise<Stepped> => {
  const { frame, waiting, loaded, turn } = now;
  if (!turn.hasSlot) {
    const slot = await parts.pacing.take(call.now, turn.hasWaited ? undefined : turnOf(waiting));
    if (slot.is === 'full') return waitUntil(parts, call, place, now, 'quota-wait', slot.until);
    turn.hasSlot = true;
  }
  const { judged, planned } = gated;
  const paper = await paperOf(parts, call.scope, place);
  if (planned === undefined && (await wasHandedOver(parts, call, place, loaded, paper))) {
    await withholdAt(parts, call, place, now, ['recent-contact']);
    return 'again';
  }
  const what =
    planned === undefined ? { notice: (waiting as Extract<Waiting, { is: 'notice' }>).pending } : { planned };
  const composed = await composeMail(parts, call, { place, judged, frame, paper, ...what });
  if (!composed.ok) {
    await withholdAt(parts, call, place, now, [composed.code]);
    return composed.code === 'paid' ? done('paid') : refuse('not-rendered', composed.detail);
  }
  const claimed = await claim(parts, call, place, {
    loaded,
    paper,
    composed: composed.value,
    on: frame.today,
    ...(planned === undefined ? {} : { planned }),
  });
  if (claimed === undefined) return 'again';
  const { operationId, mail } = claimed;
  return handOver(parts, call, place, { operationId, mail, on: frame.today }, { ...claimed, planned });
};
