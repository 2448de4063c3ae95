/**
 * The mail service has a mail: stages of a reminder count from then on, in as many entries as that takes.
 * From: the hand-over, whoever finds out later that it was taken, a delivery report. Next: the journal. Again is nothing.
 */
import type { AccountHead } from '../../shared/domain/account.ts';
import type { Day } from '../../shared/domain/calendar.ts';
import type { PlannedMessage } from '../../shared/domain/dunning-facts.ts';
import { carryOn, hasLetterToPost, itemsToCarry, noteSent } from '../../shared/domain/message-life.ts';
import { noteNoticeSent } from '../../shared/domain/notice-life.ts';
import type { LoadedAccount } from '../../shared/ports/account-store.ts';
import { change, none, type Step } from './change-message.ts';
import type { MailCall, MailParts, Place } from './parts.ts';
import { plannedOf, waitingOf } from './read-message.ts';

/** What whoever hands over knows already: the account a moment ago, and the plan of a reminder. */
export type Known = { loaded: LoadedAccount; planned?: PlannedMessage | undefined };

/** The mail service has it: stages count from now, in as many entries as that takes. Again is nothing. */
export const noteAccepted = async (
  parts: MailParts,
  call: MailCall,
  place: Place,
  on: Day,
  known?: Known,
): Promise<void> => {
  const loaded = known?.loaded ?? (await parts.accounts.load(call.scope, place));
  const { messageId } = place;
  switch (waitingOf(loaded, messageId).is) {
    case 'gone':
      return;
    case 'notice':
      await change(
        parts,
        call,
        place,
        none,
        async ({ account }) => noteNoticeSent(account, { messageId, on }),
        loaded,
      );
      return;
    case 'reminder': {
      const planned = known?.planned ?? (await plannedOf(parts, call.scope, place, loaded.account.head));
      if (planned !== undefined) await noteReminder(parts, call, place, on, { loaded, planned });
    }
  }
};

const noteReminder = async (
  parts: MailParts,
  call: MailCall,
  place: Place,
  on: Day,
  { loaded, planned }: Required<Known> & { planned: PlannedMessage },
): Promise<void> => {
  const carried = (head: AccountHead): readonly string[] =>
    head.dunning.message?.id === place.messageId ? itemsToCarry({ head }, planned) : [];
  const calendar = hasLetterToPost(planned)
    ? (await parts.frameOf(place.companyId, call.now))?.calendar
    : undefined;
  const sent: Step = async ({ account }) => noteSent(account, planned, on, calendar);
  const more: Step = async ({ account }) => carryOn(account, planned, on);
  let now = await change(parts, call, place, carried, sent, loaded);
  // nothing to note: another noted it, and may have died before all items were carried
  while (now === undefined || waitingOf(now, place.messageId).is !== 'gone') {
    now = await change(parts, call, place, carried, more, now);
    if (now === undefined) return;
  }
};
