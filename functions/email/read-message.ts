/**
 * A message as it stands: the account as of one version, all of its open items, the plan out of the journal.
 * From: the workflows of this folder. Next: the gate, the texts, the next step of its life.
 */
import type { AccountHead, AccountItem, AccountKey } from '../../shared/domain/account.ts';
import type { PlannedMessage } from '../../shared/domain/dunning-facts.ts';
import type { PendingMessage } from '../../shared/domain/dunning-position.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import type { MasterData } from '../../shared/domain/master-data.ts';
import type { PendingNotice } from '../../shared/domain/notice.ts';
import { messagePaper, type MessagePaper } from '../../shared/contracts/mail.ts';
import type { LoadedAccount } from '../../shared/ports/account-store.ts';
import type { MailCall, MailParts, Place } from './parts.ts';

export type Waiting =
  { is: 'reminder'; pending: PendingMessage } | { is: 'notice'; pending: PendingNotice } | { is: 'gone' };

/** What the head knows of it; `gone` once its life is over, or when it never was this account's. */
export const waitingOf = ({ account }: LoadedAccount, messageId: string): Waiting =>
  waitingIn(account.head, messageId);

const waitingIn = ({ dunning: { message, notices = [] } }: AccountHead, messageId: string): Waiting => {
  if (message?.id === messageId) return { is: 'reminder', pending: message };
  const notice = notices.find(({ id }) => id === messageId);
  return notice === undefined ? { is: 'gone' } : { is: 'notice', pending: notice };
};

/** Open items that the gate looks at, to be loaded with the head: of a message that may go out now, where the head names them. */
export const itemsToJudge =
  (messageId: string) =>
  (head: AccountHead): readonly string[] => {
    const waiting = waitingIn(head, messageId);
    if (waiting.is === 'gone' || !['planned', 'awaiting'].includes(waiting.pending.state)) return [];
    return head.openItems?.map(({ id }) => id) ?? [];
  };

const entriesPerRead = 50;

/** The last fact of the journal that tells what is asked, looked for from the end. */
export const lastFactOf = async <Told>(
  { accounts }: Pick<MailParts, 'accounts'>,
  scope: MailCall['scope'],
  place: AccountKey,
  version: number,
  tell: (fact: Fact) => Told | undefined,
): Promise<Told | undefined> => {
  for (let end = version; end > 0; end -= entriesPerRead) {
    const afterVersion = Math.max(0, end - entriesPerRead);
    const page = { afterVersion, limit: end - afterVersion };
    for (const { facts } of (await accounts.entries(scope, place, page)).toReversed())
      for (const fact of facts.toReversed()) {
        const told = tell(fact);
        if (told !== undefined) return told;
      }
  }
  return undefined;
};

/** The plan that is in force: the last of its id in the journal. The head of one that waits names its entry. */
export const plannedOf = async (
  parts: Pick<MailParts, 'accounts'>,
  scope: MailCall['scope'],
  place: Place,
  { version, dunning: { message } }: AccountHead,
): Promise<PlannedMessage | undefined> => {
  const tell = (fact: Fact): PlannedMessage | undefined =>
    fact.kind === 'messagePlanned' && fact.message.id === place.messageId ? fact.message : undefined;
  const known = message?.id === place.messageId ? message.plannedVersion : undefined;
  if (known === undefined) return lastFactOf(parts, scope, place, version, tell);
  const [entry] = await parts.accounts.entries(scope, place, { afterVersion: known - 1, limit: 1 });
  return entry?.facts.map(tell).findLast((told) => told !== undefined);
};

const pageOfItems = 200;

/**
 * All open items and those wanted besides; what was loaded with the head is not read again. What changed since the head
 * was read makes the next append fail.
 */
export const itemsFor = async (
  { accounts }: Pick<MailParts, 'accounts'>,
  scope: MailCall['scope'],
  { account: { head, items: loaded } }: LoadedAccount,
  wanted: readonly string[],
): Promise<ReadonlyMap<string, AccountItem>> => {
  const items = new Map<string, AccountItem>();
  const add = (some: Iterable<AccountItem>): void => {
    for (const item of some) items.set(item.id, item);
  };
  const inHead = head.openItems?.map(({ id }) => id) ?? [];
  if (head.openItems === undefined) {
    let after: string | undefined;
    do {
      const page = await accounts.openItems(scope, head, {
        limit: pageOfItems,
        ...(after === undefined ? {} : { after }),
      });
      add(page.items);
      after = page.after;
    } while (after !== undefined);
  }
  const all = [...new Set([...inHead, ...wanted])];
  add(all.flatMap((id) => loaded.get(id) ?? []));
  const missing = all.filter((id) => !items.has(id));
  for (let at = 0; at < missing.length; at += pageOfItems)
    add((await accounts.load(scope, head, missing.slice(at, at + pageOfItems))).account.items.values());
  return items;
};

/** What the customer is called and where to write; nothing where no source said. */
export const masterDataOf = async (
  { accounts }: Pick<MailParts, 'accounts'>,
  scope: MailCall['scope'],
  { account: { head } }: LoadedAccount,
): Promise<MasterData> =>
  head.masterData === undefined
    ? {}
    : (((await accounts.paper(scope, head, head.masterData)) as MasterData | undefined) ?? {});

export const paperOf = async (
  { accounts }: Pick<MailParts, 'accounts'>,
  scope: MailCall['scope'],
  place: Place,
): Promise<MessagePaper> => messagePaper.parse((await accounts.paper(scope, place, place.messageId)) ?? {});

/**
 * Whether a notice of this id went out before, or may have: the head remembers the last few, the journal all. One that the
 * mail service would not take yet was claimed, and is in no such entry.
 */
export const wasHandedOver = async (
  parts: Pick<MailParts, 'accounts'>,
  { scope }: Pick<MailCall, 'scope'>,
  place: Place,
  { account }: LoadedAccount,
  { mail }: MessagePaper,
): Promise<boolean> => {
  if (mail === undefined) return false;
  const found = await lastFactOf(parts, scope, place, account.head.version, (fact) =>
    (fact.kind === 'noticeSent' || fact.kind === 'noticeInDoubt') && fact.messageId === place.messageId
      ? true
      : undefined,
  );
  return found === true;
};
