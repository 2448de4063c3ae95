/**
 * Brings projections up to the ledger: what was lost is rebuilt from the journals, what no event told is read.
 * From: a tick a night, before tails are folded. Next: `project-events.ts`, which counts each entry once, whatever comes
 * beside it. Without anything missing it costs one look at every head and every contribution.
 */
import type { ArEvent } from '../../shared/contracts/messages.ts';
import type { AccountHead } from '../../shared/domain/account.ts';
import { textOfInstant, type Instant } from '../../shared/domain/calendar.ts';
import { allShards } from '../../shared/domain/report-shard.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { projectEvents, type ProjectParts } from './project-events.ts';

const perPage = 100;

/** How many accounts were behind. */
export const catchUp = async (
  companyId: string,
  { scope, now }: { scope: Scope; now: Instant },
  parts: ProjectParts,
): Promise<number> => {
  const applied = await versionsApplied(companyId, scope, parts);
  let behind = 0;
  let after: string | undefined;
  do {
    const page = await parts.accounts.heads(scope, companyId, { limit: perPage, ...(after && { after }) });
    const missed = page.heads.filter(({ accountId, version }) => version > (applied.get(accountId) ?? 0));
    // events that tell nothing themselves: their entries are read from the ledger
    await projectEvents(
      missed.map((head) => eventOf(head, now)),
      scope,
      parts,
    );
    behind += missed.length;
    after = page.after;
  } while (after !== undefined);
  return behind;
};

const eventOf = ({ companyId, accountId, version }: AccountHead, now: Instant): ArEvent => ({
  ...{ v: 1, companyId, accountId, version, at: textOfInstant(now), kinds: [] },
});

const versionsApplied = async (
  companyId: string,
  scope: Scope,
  { reports }: ProjectParts,
): Promise<Map<string, number>> => {
  const applied = new Map<string, number>();
  for (const shard of allShards) {
    let after: string | undefined;
    do {
      const asked = { limit: perPage, ...(after !== undefined && { after }) };
      const page = await reports.contributionPage(scope, { companyId, shard }, asked);
      for (const { accountId, appliedVersion } of page.contributions) applied.set(accountId, appliedVersion);
      after = page.after;
    } while (after !== undefined);
  }
  return applied;
};
