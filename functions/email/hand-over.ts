/**
 * Hands a claimed mail over, and finds out what became of one whose answer is missing. Never a second POST without a
 * question between that was answered "not found", and none after four minutes (D2).
 * From: `send-message.ts`, right after the claim or when a claimed message comes back. Next: sent, withheld, in doubt.
 */
import { mailFrom } from '../../shared/contracts/mail.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { instantFromText, type Day, type Instant } from '../../shared/domain/calendar.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Mail } from '../../shared/domain/mail.ts';
import { noteDoubt, unclaim, withhold } from './change-message.ts';
import { mailFileOf } from './claim-message.ts';
import { noteAccepted, type Known } from './note-accepted.ts';
import { handsOffSeconds, sameAgainSeconds } from './operation-id.ts';
import type { MailCall, MailParts, Place } from './parts.ts';
import { sendAgainAt } from './send-again.ts';

/** Between questions that get no answer. */
const askAgainSeconds = 60;

type Answer = Promise<Outcome<string, ProblemCode>>;

/** @param known right after the claim: what was read and written for it. */
export const handOver = async (
  parts: MailParts,
  call: MailCall,
  place: Place,
  { operationId, mail, on }: { operationId: string; mail: Mail; on: Day },
  known?: Known,
): Answer => {
  const answer = await parts.mailer.send(operationId, mail);
  switch (answer.is) {
    case 'accepted':
      await noteAccepted(parts, call, place, on, known);
      return done('sent');
    case 'refused':
      await withhold(parts, call, place, [refusedAs(answer.code)], on);
      return refuse('mail-refused', `${answer.code}: ${answer.detail}`);
    case 'quota':
      await parts.pacing.pause(answer.until);
      await unclaim(parts, call, place, operationId, on);
      await sendAgainAt(parts, place, instantFromText(answer.until));
      return done('quota-wait');
    case 'unknown':
      return lookFor(parts, call, place, {
        operationId,
        on,
        lookAgainAt: call.now.add({ seconds: handsOffSeconds }),
      });
  }
};

const refusedAs = (code: string): 'suppressed' | 'not-rendered' =>
  /suppress/i.test(code) ? 'suppressed' : 'not-rendered';

type Looked = { operationId: string; on: Day; lookAgainAt: Instant };

/** Right after a try without an answer: found is sent, everything else is asked again later. */
const lookFor = async (
  parts: MailParts,
  call: MailCall,
  place: Place,
  { operationId, on, lookAgainAt }: Looked,
): Answer => {
  const status = await parts.mailer.status(operationId);
  if (status.is === 'accepted') {
    await noteAccepted(parts, call, place, on);
    return done('sent');
  }
  await sendAgainAt(parts, place, lookAgainAt);
  return done('unknown');
};

/** A claimed message that comes back: nobody wrote down what became of it. */
export const settle = async (
  parts: MailParts,
  call: MailCall,
  place: Place,
  { operationId, firstPostAt }: { operationId?: string; firstPostAt?: string },
  on: Day,
): Answer => {
  if (operationId === undefined || firstPostAt === undefined)
    throw new Error(`${place.messageId} is claimed and nobody knows as what`);
  const first = instantFromText(firstPostAt);
  const ageSeconds = (call.now.epochMilliseconds - first.epochMilliseconds) / 1_000;
  const status = await parts.mailer.status(operationId);
  switch (status.is) {
    case 'accepted':
      await noteAccepted(parts, call, place, on);
      return done('sent');
    case 'failed':
      await withhold(parts, call, place, [refusedAs(status.code)], on);
      return refuse('mail-refused', `${status.code}: the mail service dropped it.`);
    case 'unknown':
      await sendAgainAt(parts, place, call.now.add({ seconds: askAgainSeconds }));
      return done('unknown');
    case 'not-found':
      if (ageSeconds < handsOffSeconds) {
        await sendAgainAt(parts, place, first.add({ seconds: handsOffSeconds }));
        return done('unknown');
      }
      if (ageSeconds >= sameAgainSeconds) {
        await noteDoubt(parts, call, place, on);
        return done('in-doubt');
      }
      return handOver(parts, call, place, {
        operationId,
        mail: await keptMail(parts, call, place, operationId),
        on,
      });
  }
};

/** The very bytes of the claim. @throws when the blob is not there: it was written before the claim. */
export const keptMail = async (
  { documents }: Pick<MailParts, 'documents'>,
  { scope }: Pick<MailCall, 'scope'>,
  { companyId }: Pick<Place, 'companyId'>,
  operationId: string,
) => {
  const bytes = await documents.read(scope, { companyId, name: mailFileOf(operationId) });
  if (bytes === undefined) throw new Error(`the mail of operation ${operationId} is not kept`);
  return mailFrom(bytes);
};
