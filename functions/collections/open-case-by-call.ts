/**
 * A case opened by a call: by the same decision as any other, in the append of the call (R78).
 * From: outcome *disputes*. Next: the journal holds the amount, T8 tells the customer; the list of cases follows by
 * the event of the append.
 */
import { disputeSettings } from '../../shared/contracts/dispute-settings.ts';
import type { Account, AccountItem } from '../../shared/domain/account.ts';
import { textOfInstant, type Instant } from '../../shared/domain/calendar.ts';
import { holdsUntil, standingOf } from '../../shared/domain/dispute-deadlines.ts';
import type { Dispute } from '../../shared/domain/dispute.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import type { CallAnswers } from '../../shared/domain/log-call.ts';
import { smaller, subtract, sum, zero } from '../../shared/domain/money.ts';
import { noteDispute } from '../../shared/domain/note-dispute.ts';
import { openDispute } from '../../shared/domain/open-dispute.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { planNotice } from '../../shared/domain/plan-notice.ts';
import { caseIdOf } from '../../shared/domain/undo-call.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { SettingsStore } from '../../shared/ports/settings-store.ts';
import type { CompanyRows } from './worklist-frame.ts';

export type CaseOpening = { facts: readonly Fact[]; dispute: Dispute };

type Call = { callId: string; by: string; now: Instant };

/** Of the settings of the company: its codes and who owns them. */
export const caseOpener = async (
  settings: Pick<SettingsStore, 'read'>,
  scope: Scope,
  frame: CompanyRows,
  { callId, by, now }: Call,
) => {
  const { companyId } = frame.company;
  const kept = await settings.read(scope, { scope: `company:${companyId}`, name: 'disputes' });
  const { codes, departments, rules } = disputeSettings.parse(kept?.value ?? {});
  const { today, calendar } = frame;
  return (account: Account, answers: CallAnswers): Outcome<CaseOpening, string> => {
    const recipe = codes.find(({ code }) => code === answers.told?.caseCode);
    if (recipe === undefined) return refuse('code-unknown', `${answers.told?.caseCode ?? ''} is no code`);
    const opened = openDispute(
      {
        ...{ as: 'dispute', from: 'staff', accountId: account.head.accountId, papers: [], recipe },
        ...{ recipeVersion: kept?.version ?? 0, by, on: today, at: textOfInstant(now) },
        items: spread(account, answers),
        ownerOf: (department) => departments[department]?.owner ?? `department:${department}`,
      },
      new Map([...account.items.values()].map((item) => [item.id, contestable(item)])),
    );
    if (!opened.ok) return opened;
    const noted = noteDispute(
      account,
      { id: caseIdOf(callId), before: undefined, facts: opened.value },
      (dispute) => ({
        dueOn: standingOf(dispute, today, calendar, rules)?.dueOn,
        holdsUntilOn: holdsUntil(dispute, calendar, rules),
      }),
    );
    if (!noted.ok) return noted;
    const itemIds = answers.itemIds ?? [];
    const told = { text: 'T8', causeId: caseIdOf(callId), itemIds, codes: { code: recipe.code } } as const;
    const notice = planNotice(account.head, told, today);
    // while too many messages are on their way the case stands without, and the portal shows it
    const facts = [...(notice.ok ? notice.value : []), ...noted.value.facts];
    return done({ facts, dispute: noted.value.dispute });
  };
};

const contestable = (item: AccountItem) => ({
  ...{ id: item.id, currency: item.currency, open: item.open, contested: contestedOf(item) },
});

const contestedOf = ({ heldParts = [] }: AccountItem) =>
  sum(...heldParts.filter(({ code }) => code === 'disputed').map(({ amount }) => amount));

/** The amount over the items named, in their order; what does not fit stays with the last, to be refused there. */
const spread = ({ items }: Account, { amount = zero, itemIds = [] }: CallAnswers) => {
  let left = amount;
  return itemIds.flatMap((itemId, at) => {
    const item = items.get(itemId);
    const free = item === undefined ? left : subtract(item.open, contestedOf(item));
    const part = at === itemIds.length - 1 ? left : smaller(left, free);
    left = subtract(left, part);
    return part > 0 ? [{ itemId, amount: part }] : [];
  });
};
