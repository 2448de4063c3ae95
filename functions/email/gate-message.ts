/**
 * Whether a message is still right to send now: everything is read anew, and judged by the function that planned it.
 * From: `send-message.ts`. Next: claim, wait, plan anew or withhold.
 */
import type { AccountItem } from '../../shared/domain/account.ts';
import { instantFromMs, textOfInstant, type Instant } from '../../shared/domain/calendar.ts';
import { blocksOf } from '../../shared/domain/dunning-input.ts';
import { passGate, type GateAnswer } from '../../shared/domain/dunning-gate.ts';
import type { PlannedMessage } from '../../shared/domain/dunning-facts.ts';
import type { PlanInput } from '../../shared/domain/planned-message.ts';
import type { MasterData } from '../../shared/domain/master-data.ts';
import { mayDebit } from '../../shared/domain/mandate.ts';
import { passNotice } from '../../shared/domain/notice-life.ts';
import type { PendingNotice } from '../../shared/domain/notice.ts';
import { emailHashOf, mailProblemOf } from '../../shared/domain/person.ts';
import {
  addressesOf,
  recipientsOf,
  type Recipients,
  type StateOfAddress,
} from '../../shared/domain/recipients.ts';
import { inputOf, type CompanyFrame } from '../../shared/edge/read-dunning-frame.ts';
import type { LoadedAccount } from '../../shared/ports/account-store.ts';
import { inHouseOf } from './in-house.ts';
import type { MailCall, MailParts, Place } from './parts.ts';
import { itemsFor, masterDataOf, plannedOf } from './read-message.ts';

/** Everything of one account that a text may use, as of the version it was judged at. */
export type Judged = {
  loaded: LoadedAccount;
  items: ReadonlyMap<string, AccountItem>;
  masterData: MasterData;
  recipients: Recipients;
  input: PlanInput;
};

export type Gated = { answer: GateAnswer; judged: Judged; planned?: PlannedMessage };

export const gateReminder = async (
  parts: MailParts,
  { scope }: MailCall,
  place: Place,
  loaded: LoadedAccount,
  frame: CompanyFrame,
): Promise<Gated> => {
  const planned = await plannedOf(parts, scope, place, loaded.account.head);
  if (planned === undefined)
    throw new Error(`${place.messageId} waits in the head and is not in the journal`);
  const wanted = [...planned.items, ...planned.credits, ...planned.aside].map(({ itemId }) => itemId);
  const { copyTo } = planned;
  const judged = await judge(parts, scope, loaded, frame, {
    wanted,
    isReminder: true,
    ...(copyTo === undefined ? {} : { copyTo }),
  });
  return { answer: passGate(planned, judged.input, frame), judged, planned };
};

const stoppedMs = 15 * 60_000;

/** The next quarter of an hour: however often it is delivered meanwhile, it comes back once, and never in swarms. */
const nextQuarter = ({ epochMilliseconds }: Instant): string =>
  textOfInstant(instantFromMs((Math.floor(epochMilliseconds / stoppedMs) + 1) * stoppedMs));

export const gateNotice = async (
  parts: MailParts,
  { scope, now }: MailCall,
  notice: PendingNotice,
  loaded: LoadedAccount,
  frame: CompanyFrame,
): Promise<Gated> => {
  const judged = await judge(parts, scope, loaded, frame, {
    wanted: notice.itemIds ?? [],
    isReminder: false,
    ...(notice.to === undefined ? {} : { to: notice.to }),
  });
  const { problem } = judged.recipients;
  const blocks = blocksOf(frame, loaded.account.head);
  const answer = passNotice(notice, {
    // a reminder, though of one request: it waits for fresh figures too
    isStopped: blocks.includes('stop-all') || (notice.text === 'T2' && blocks.length > 0),
    ...(problem === undefined ? {} : { problem }),
    isNoDebit: notice.text === 'T10' && !mayDebit(loaded.account.head.dunning),
    time: frame.contactTime(judged.input.payer),
    lookAgainAt: nextQuarter(now),
  });
  return { answer, judged };
};

/** As for a reminder, without one. */
export const judgeAccount = (
  parts: MailParts,
  scope: MailCall['scope'],
  loaded: LoadedAccount,
  frame: CompanyFrame,
): Promise<Judged> => judge(parts, scope, loaded, frame, { wanted: [], isReminder: true });

type Wanted = { wanted: readonly string[]; isReminder: boolean; copyTo?: readonly string[]; to?: string };

const judge = async (
  parts: MailParts,
  scope: MailCall['scope'],
  loaded: LoadedAccount,
  frame: CompanyFrame,
  { wanted, isReminder, ...to }: Wanted,
): Promise<Judged> => {
  const { head } = loaded.account;
  const [items, masterData, inHouse] = await Promise.all([
    itemsFor(parts, scope, loaded, wanted),
    masterDataOf(parts, scope, loaded),
    inHouseOf(parts, scope, head, to.copyTo),
  ]);
  const stateOf = await addressStates(parts, scope, head.companyId, masterData, isReminder);
  const known = { head, items: [...items.values()], masterData, stateOf };
  const input = await inputOf(frame, known, parts.calendarOf);
  const recipients = recipientsOf(masterData, { ...named(parts, masterData, to), stateOf, inHouse });
  return { loaded, items, masterData, input, recipients };
};

const ofContact = 'contact:';

/** A contact named by the hash of their address, as the journal names people; one who is none any more is not named. */
const named = <To extends { to?: string }>(
  { salt, hashText }: Pick<MailParts, 'salt' | 'hashText'>,
  masterData: MasterData,
  wanted: To,
): To => {
  if (wanted.to?.startsWith(ofContact) !== true) return wanted;
  const { to, ...others } = wanted;
  const email = addressesOf(masterData).find((one) => to === ofContact + emailHashOf(one, salt, hashText));
  return { ...others, ...(email === undefined ? {} : { to: email }) } as To;
};

/** Read anew each time: an address barred a second ago gets nothing. */
export const addressStates = async (
  { people, salt, hashText }: MailParts,
  scope: MailCall['scope'],
  companyId: string,
  masterData: MasterData,
  isReminder: boolean,
): Promise<StateOfAddress> => {
  const hashOf = (email: string): string => emailHashOf(email, salt, hashText);
  const addresses = addressesOf(masterData);
  const known = await people.readAll(scope, addresses.map(hashOf));
  return (email) => mailProblemOf(known.get(hashOf(email)), companyId, isReminder);
};
