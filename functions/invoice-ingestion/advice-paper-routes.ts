/**
 * Routes to remittance advices on paper: which wait, the paper itself, its lines as a person typed them.
 * From: `triggers.ts`. Next: `type-advice.ts`. Only who may bring in money sees and types them.
 */
import {
  papersAnswer,
  papersParams,
  papersQuery,
  typedAdvice,
} from '../../shared/contracts/advice-papers.ts';
import { importPlace } from '../../shared/contracts/imports.ts';
import { rowDecisionAnswer } from '../../shared/contracts/rejected-rows.ts';
import { done } from '../../shared/domain/outcome.ts';
import type { Edge } from '../../shared/edge/edge.ts';
import { onDownload } from '../../shared/edge/http-files.ts';
import { onWrite } from '../../shared/edge/http-write.ts';
import { onRead } from '../../shared/edge/http.ts';
import { keyOf, senderOf } from './rejected-routes.ts';
import { answerOf } from './show-import.ts';
import type { IngestionStores } from './stores.ts';
import { downloadPaper, listPapers, typeAdvice } from './type-advice.ts';

const action = 'pay.import.bank';

export const registerAdvicePapers = ({ edge, stores }: { edge: Edge; stores: IngestionStores }): void => {
  onRead(edge, {
    ...{ name: 'list-advice-papers', route: 'api/companies/{company}/advice-papers', action },
    ...{ params: papersParams, query: papersQuery, answer: papersAnswer },
    run: ({ params, query, scope }) => listPapers(stores, scope, params.company, query),
  });
  onDownload(edge, {
    ...{ name: 'download-advice-paper', route: 'api/imports/{company}/{importId}/paper', action },
    params: importPlace,
    run: ({ params, scope }) => downloadPaper(stores, scope, keyOf(params)),
  });
  onWrite(edge, {
    ...{
      name: 'type-advice',
      method: 'POST',
      route: 'api/imports/{company}/{importId}/advice-lines',
      action,
    },
    ...{ params: importPlace, body: typedAdvice, answer: rowDecisionAnswer },
    run: async ({ params, body, caller, scope, now }) => {
      const typed = await typeAdvice(stores, scope, keyOf(params), body, senderOf(caller), now);
      if (!typed.ok) return typed;
      const { row, document } = typed.value;
      return done({
        row: { ...row, reasons: [...row.reasons], cells: { ...row.cells } },
        ...(document && { import: answerOf(document, []) }),
      });
    },
  });
};
