/**
 * Routes by which customers download papers.
 * From: `triggers.ts`. Next: `own-papers.ts`.
 */
import { nothingAsked, ownItemParams } from '../../shared/contracts/portal.ts';
import {
  inLanguage,
  ownItemPaperParams,
  ownItemPapersAnswer,
  ownStatementParams,
  type InLanguage,
} from '../../shared/contracts/portal-papers.ts';
import { onDownload } from '../../shared/edge/http-files.ts';
import type { Call } from '../../shared/edge/http-call.ts';
import { onRead } from '../../shared/edge/http.ts';
import { itemsOfCaller } from './linked-items.ts';
import {
  downloadDocument,
  downloadItemPaper,
  downloadStatement,
  listItemPapers,
  type PaperCall,
} from './own-papers.ts';
import type { PortalParts } from './portal-parts.ts';

const account = 'api/portal/accounts/{companyId}/{accountId}';
const papers = `${account}/items/{itemId}/papers`;

export const registerPapers = ({ edge, portal }: PortalParts): void => {
  const systemScope = edge.access.systemScope('acct.read');
  const asked = async ({
    scope,
    now,
    caller,
    sees,
    query,
  }: Call<unknown, InLanguage>): Promise<PaperCall> => ({
    ...{ scope, systemScope, now, language: query.language },
    seesAddress: sees('account.address') === 'plain',
    mayRead: await itemsOfCaller(portal, scope, caller),
  });
  onDownload(edge, {
    ...{ name: 'download-own-statement', route: `${account}/statement/{form}`, action: 'por.statement.read' },
    ...{ params: ownStatementParams, query: inLanguage },
    run: async (call) => {
      const { form, ...key } = call.params;
      return downloadStatement(portal, await asked(call), key, form);
    },
  });
  onDownload(edge, {
    ...{ name: 'download-own-document', route: `${account}/items/{itemId}/document`, action: 'inv.pdf.read' },
    ...{ params: ownItemParams, query: inLanguage },
    run: async (call) => downloadDocument(portal, await asked(call), call.params),
  });
  onRead(edge, {
    ...{ name: 'list-own-item-papers', route: papers, action: 'inv.attachment.read', reduced: [] },
    ...{ params: ownItemParams, query: nothingAsked, answer: ownItemPapersAnswer },
    run: async (call) => listItemPapers(portal, await asked({ ...call, query: {} }), call.params),
  });
  onDownload(edge, {
    ...{ name: 'download-own-item-paper', route: `${papers}/{paper}`, action: 'inv.attachment.read' },
    ...{ params: ownItemPaperParams, query: nothingAsked },
    run: async (call) => downloadItemPaper(portal, await asked({ ...call, query: {} }), call.params),
  });
};
