/**
 * Routes by which glass is broken: ask, look, approve or refuse, end.
 * From: `triggers.ts`. Next: `break-glass.ts`.
 */
import { personParams } from '../../shared/contracts/administration.ts';
import {
  glass,
  glassBody,
  glassDecisionBody,
  glassEndBody,
  glassParams,
} from '../../shared/contracts/break-glass.ts';
import { onWrite } from '../../shared/edge/http-write.ts';
import { onRead } from '../../shared/edge/http.ts';
import { askForGlass, decideGlass, endGlass, readGlass, type GlassParts } from './break-glass.ts';
import type { AdministrationParts } from './triggers.ts';

export const registerBreakGlass = ({ edge, settings, alerts }: AdministrationParts): void => {
  const parts: GlassParts = { settings, alerts, system: edge.access.systemScope('sys.reach.keep') };
  const own = { method: 'POST', action: 'adm.breakglass.open', answer: glass } as const;
  onWrite(edge, {
    ...{ ...own, name: 'ask-break-glass', route: 'api/break-glass', body: glassBody, status: 201 },
    run: ({ body, caller, now }) => askForGlass(parts, { by: caller.id ?? '', now }, body),
  });
  onWrite(edge, {
    ...{ ...own, name: 'end-break-glass', route: 'api/break-glass/end', body: glassEndBody },
    run: ({ caller, now }) => endGlass(parts, { by: caller.id ?? '', now }),
  });
  onRead(edge, {
    ...{ name: 'read-break-glass', route: 'api/people/{personId}/break-glass', action: 'adm.role.read' },
    ...{ params: personParams, answer: glass },
    run: ({ params }) => readGlass(parts, params.personId),
  });
  for (const [name, state, word] of [
    ['approve-break-glass', 'approved', 'approval'],
    ['refuse-break-glass', 'refused', 'refusal'],
  ] as const)
    onWrite(edge, {
      ...{ name, method: 'POST', route: `api/people/{personId}/break-glass/{number}/${word}` },
      ...{ action: 'adm.breakglass.approve', params: glassParams, body: glassDecisionBody, answer: glass },
      run: ({ params, body, caller, now }) =>
        decideGlass(parts, { by: caller.id ?? '', now }, params, { state, ...body }),
    });
};
