/**
 * Routes for the holder of a decision link; the link is in a header, so that no log of addresses has it.
 * From: `triggers.ts`. Next: `decision-links.ts`. Looking is a GET and uses nothing up; deciding is a POST.
 */
import { caseAnswer, caseChanged, caseFields, decideBody } from '../../shared/contracts/disputes.ts';
import { linkFileParams, reassignBody } from '../../shared/contracts/decision-links.ts';
import type { Caller } from '../../shared/edge/access.ts';
import { linkCaller, tokenOf } from '../../shared/edge/link-caller.ts';
import { onDownload } from '../../shared/edge/http-files.ts';
import { onWrite } from '../../shared/edge/http-write.ts';
import { onRead } from '../../shared/edge/http.ts';
import { decideByLink, fileByLink, lookByLink, reassignByLink } from './decision-links.ts';
import { readCallOf, staffCallOf, type DisputeTriggerParts } from './staff-calls.ts';

export const registerDecisionLinks = ({ edge, disputes }: DisputeTriggerParts): void => {
  const byLink = { identify: linkCaller('DEC') };
  const token = ({ caller }: { caller: Caller }): string => tokenOf(caller);
  onRead(edge, {
    ...{ ...byLink, name: 'look-by-link', route: 'api/decision', action: 'dec.read' },
    ...{ answer: caseAnswer, fields: caseFields },
    run: (call) => lookByLink(disputes, readCallOf(call), token(call)),
  });
  onDownload(edge, {
    ...{ ...byLink, name: 'file-by-link', route: 'api/decision/papers/{paper}', action: 'dec.read' },
    params: linkFileParams,
    run: (call) => fileByLink(disputes, readCallOf(call), { token: token(call), ...call.params }),
  });
  onWrite(edge, {
    ...{ ...byLink, name: 'decide-by-link', method: 'POST', route: 'api/decision', action: 'dec.decide' },
    ...{ body: decideBody, answer: caseChanged },
    run: (call) => decideByLink(disputes, staffCallOf(call), token(call), call.body),
  });
  onWrite(edge, {
    ...{ ...byLink, name: 'reassign-by-link', method: 'POST', route: 'api/decision/reassignment' },
    ...{ action: 'dec.decide', body: reassignBody, answer: caseChanged },
    run: (call) => reassignByLink(disputes, staffCallOf(call), token(call), call.body),
  });
};
