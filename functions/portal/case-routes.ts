/**
 * Routes by which customers see their cases and add papers to them.
 * From: `triggers.ts`. Next: the disputes piece, for accounts that are theirs.
 */
import {
  ownCaseAnswer,
  ownCaseParams,
  ownCasePaperParams,
  ownCasesAnswer,
  ownPaper,
  ownPaperQuery,
} from '../../shared/contracts/portal-cases.ts';
import { nothingAsked, ownAccountParams } from '../../shared/contracts/portal.ts';
import type { AccountKey } from '../../shared/domain/account.ts';
import { largestAttachmentBytes } from '../../shared/domain/attachment.ts';
import { textOfInstant, type Instant } from '../../shared/domain/calendar.ts';
import { done } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { Caller } from '../../shared/edge/access.ts';
import { onDownload, onUpload } from '../../shared/edge/http-files.ts';
import { onRead } from '../../shared/edge/http.ts';
import type { PortalParts } from './portal-parts.ts';
import { notThere, ownAccount } from './read-own.ts';
import { countTold } from './tell-us.ts';

const cases = 'api/portal/accounts/{companyId}/{accountId}/cases';

type RouteCall = { scope: Scope; now: Instant; caller: Caller };

export const registerOwnCases = ({ edge, portal }: PortalParts): void => {
  const systemScope = edge.access.systemScope('acct.read');
  const caseScope = edge.access.systemScope('inv.dispute.open');
  const isOwn = async ({ scope, now }: RouteCall, { companyId, accountId }: AccountKey): Promise<boolean> =>
    (await ownAccount(portal, { scope, systemScope, now }, { companyId, accountId })).ok;
  /** The system's own: whose account it is was looked at just before. */
  const work = ({ now, caller: { id = '' } }: RouteCall) => ({
    ...{ scope: caseScope, now, actor: { kind: 'customer', id } as const },
    cause: { kind: 'request', id: `${id} ${textOfInstant(now)}` },
  });
  const reading = { action: 'inv.dispute.read', query: nothingAsked, reduced: [] as string[] } as const;
  onRead(edge, {
    ...{ ...reading, name: 'list-own-cases', route: cases, params: ownAccountParams, answer: ownCasesAnswer },
    run: async (call) =>
      (await isOwn(call, call.params))
        ? done({ cases: await portal.ownCases.list(work(call), call.params) })
        : notThere(),
  });
  onRead(edge, {
    ...{ ...reading, name: 'read-own-case', route: `${cases}/{case}`, params: ownCaseParams },
    answer: ownCaseAnswer,
    run: async (call) =>
      (await isOwn(call, call.params))
        ? portal.ownCases.read(work(call), keyOf(call.params), call.params.case)
        : notThere(),
  });
  onUpload(edge, {
    ...{ name: 'add-own-case-paper', method: 'POST', route: `${cases}/{case}/papers`, status: 201 },
    ...{ action: 'inv.attachment.upload', params: ownCaseParams, query: ownPaperQuery, answer: ownPaper },
    mostBytes: largestAttachmentBytes,
    run: async (call) => {
      if (!(await isOwn(call, call.params))) return notThere();
      const counted = await countTold(portal, call.now, keyOf(call.params), work(call).cause.id);
      if (!counted.ok) return counted;
      const file = { id: call.params.case, name: call.query.name, bytes: call.bytes };
      return portal.ownCases.addPaper(work(call), keyOf(call.params), file);
    },
  });
  onDownload(edge, {
    ...{ name: 'download-own-case-paper', route: `${cases}/{case}/papers/{paper}` },
    ...{ action: 'inv.attachment.read', params: ownCasePaperParams },
    run: async (call) =>
      (await isOwn(call, call.params))
        ? portal.ownCases.paper(work(call), keyOf(call.params), {
            id: call.params.case,
            paper: call.params.paper,
          })
        : notThere(),
  });
};

const keyOf = ({ companyId, accountId }: AccountKey): AccountKey => ({ companyId, accountId });
