/**
 * What the dunning workflows need, and on what occasion they work.
 * From: `functions/parts.ts`. Next: the workflows beside this file.
 */
import type { BusinessCalendar } from '../../shared/domain/business-days.ts';
import type { Day, Instant } from '../../shared/domain/calendar.ts';
import type { HashText } from '../../shared/domain/document-ids.ts';
import type { MasterData } from '../../shared/domain/master-data.ts';
import type { StateOfAddress } from '../../shared/domain/recipients.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { FrameOf } from '../../shared/edge/read-dunning-frame.ts';
import type { AccountStore } from '../../shared/ports/account-store.ts';
import type { MessageSender } from '../../shared/ports/message-sender.ts';
import type { SettingsStore } from '../../shared/ports/settings-store.ts';

export type DunningParts = {
  accounts: AccountStore;
  settings: SettingsStore;
  sender: MessageSender;
  frameOf: FrameOf;
  /** What is known of the addresses of an account; absent: nothing, and the gate alone asks. */
  statesOf?: (scope: Scope, companyId: string, masterData: MasterData) => Promise<StateOfAddress>;
  calendarOf: (country: string, around: Day) => Promise<BusinessCalendar>;
  hashText: HashText;
};

export type JobCall = { scope: Scope; now: Instant };

/** Tries before the work rests and comes back. */
export const mostTries = 8;

export const evaluations = 'account-evaluations';
export const ticks = 'dunning-ticks';
