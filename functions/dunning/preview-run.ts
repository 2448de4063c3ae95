/**
 * Lists exactly what the run would do now, account by account, or why nothing; writes nothing.
 * From: `GET api/companies/{company}/dunning/preview`. Next: a person who looks before the run. The same function
 * decides for the run, so that both agree message for message.
 */
import type { PreviewAnswer } from '../../shared/contracts/dunning.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { textOfInstant, type Instant } from '../../shared/domain/calendar.ts';
import { previewAccount, type Preview } from '../../shared/domain/decide-plan.ts';
import { digestOfStep } from '../../shared/domain/planned-message.ts';
import { evolve } from '../../shared/domain/evolve.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { PlannedStep } from '../../shared/domain/planned-step.ts';
import { runTracks } from '../../shared/domain/run-tracks.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { readCompany } from '../../shared/edge/read-company.ts';
import type { CompanyFrame } from '../../shared/edge/read-dunning-frame.ts';
import type { DunningParts } from './parts.ts';
import { knownOf } from './known-of-account.ts';
import { readWhole } from './read-account.ts';

const pageSize = 50;
const mostItemsShown = 50;

type Call = { scope: Scope; now: Instant };
type Place = { companyId: string; accountId?: string; after?: string };

export const previewRun = async (
  parts: DunningParts,
  { companyId, accountId, after }: Place,
  { scope, now }: Call,
): Promise<Outcome<PreviewAnswer, ProblemCode>> => {
  const company = await readCompany(parts.settings, scope, companyId);
  const frame = company.ok ? await parts.frameOf(companyId, now) : undefined;
  if (frame === undefined) return refuse('not-found', 'There is no such company.');
  const page =
    accountId === undefined
      ? await openAccounts(parts, companyId, after, scope)
      : { ids: [accountId], after: undefined };
  const previews: Preview[] = [];
  for (const id of page.ids) {
    const preview = await previewOf(parts, frame, { companyId, accountId: id }, scope);
    if (preview !== undefined) previews.push(preview);
  }
  if (accountId !== undefined && previews.length === 0)
    return refuse('not-found', 'There is no such account.');
  const accounts = previews.map((one) => shown(one, frame));
  return done({
    ...{ at: textOfInstant(now), accounts, hash: parts.hashText(JSON.stringify(accounts)) },
    ...(page.after === undefined ? {} : { after: page.after }),
  });
};

const openAccounts = async (
  { accounts }: DunningParts,
  companyId: string,
  after: string | undefined,
  scope: Scope,
): Promise<{ ids: string[]; after: string | undefined }> => {
  const mark = after === undefined ? {} : { after };
  const page = await accounts.heads(scope, companyId, { limit: pageSize, ...mark });
  const ids = page.heads.filter(({ openCount }) => openCount > 0).map(({ accountId }) => accountId);
  return { ids: ids.toSorted(), after: page.after };
};

/** What a look now would decide: tracks first, as the run does. */
export const previewOf = async (
  parts: DunningParts,
  frame: CompanyFrame,
  key: { companyId: string; accountId: string },
  scope: Scope,
): Promise<Preview | undefined> => {
  const loaded = await readWhole(parts, scope, key);
  if (loaded === undefined) return undefined;
  const tracks = runTracks(loaded.account, frame);
  const account = tracks.length === 0 ? loaded.account : evolve(loaded.account, tracks);
  const { input, facts } = await knownOf(parts, scope, { ...loaded, account }, frame);
  const { head } = facts.length === 0 ? account : evolve(account, facts);
  return previewAccount({ ...input, head }, frame);
};

const shown = (preview: Preview, frame: CompanyFrame): PreviewAnswer['accounts'][number] => ({
  ...{ account: preview.accountId, policyId: preview.policyId, rule: preview.rule, inputs: preview.inputs },
  steps: preview.steps.map((step) => shownStep(step, frame)),
  withheld: { account: [...preview.account], items: preview.items.map((one) => ({ ...one })) },
  nextReviewAt: preview.nextReviewAt ?? null,
});

const shownStep = (
  step: PlannedStep,
  frame: CompanyFrame,
): PreviewAnswer['accounts'][number]['steps'][number] => {
  const {
    channel,
    act,
    stage,
    policyId,
    tone = null,
    text = null,
    needs,
    sums,
    items,
    notBefore = null,
  } = step;
  return {
    ...{ channel, act, stage, policyId, tone, text, needs: [...needs], sums: { ...sums }, notBefore },
    items: items.slice(0, mostItemsShown).map(({ itemId, stage: own, currency, asked, isDue }) => ({
      ...{ itemId, stage: own, currency, asked, isDue },
    })),
    ...{ itemCount: items.length, digest: digestOfStep(step, frame) },
  };
};
