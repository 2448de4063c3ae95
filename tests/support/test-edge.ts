/**
 * An edge on in-memory ports, at a fixed instant, for tests of wrappers and workflows.
 */
import { InvocationContext } from '@azure/functions';
import { instantFromText } from '../../shared/domain/calendar.ts';
import { scopeOver } from '../../shared/domain/scope.ts';
import type { Access } from '../../shared/edge/access.ts';
import { createAccess } from '../../shared/edge/access.ts';
import { createPace } from '../../shared/edge/pace.ts';
import { toPlatform } from '../../shared/edge/platform.ts';
import { memoryCallCounter } from './memory/call-counter.ts';
import { memoryParkedWork } from './memory/parked-work-store.ts';
import { memoryReadLog } from './memory/read-log.ts';
import { memorySender } from './memory/message-sender.ts';
import { memoryRequests } from './memory/request-store.ts';
import { memorySettings } from './memory/settings-store.ts';

export const everything = scopeOver('all');
export const tenOClock = instantFromText('2026-11-22T10:00:00Z');

export const testEdge = (access: Access = createAccess(nowhere, memorySettings())) => ({
  app: 'work',
  take: toPlatform,
  now: () => tenOClock,
  access,
  sender: memorySender(),
  parked: memoryParkedWork(),
  requests: memoryRequests(),
  readLog: memoryReadLog(),
  pace: createPace(1_000_000),
  counter: memoryCallCounter(),
});

const nowhere = {
  issuer: 'http://127.0.0.1:1/v2.0',
  audience: 'api://dunwell',
  keysUrl: 'http://127.0.0.1:1/keys',
};

/** A context as the platform makes it; log lines land in `lines`. */
export const testContext = (more: Partial<ConstructorParameters<typeof InvocationContext>[0]> = {}) => {
  const lines: string[] = [];
  const context = new InvocationContext({
    functionName: 'test',
    invocationId: 'invocation-1',
    logHandler: (level, ...args) => void lines.push(`${level} ${args.join(' ')}`),
    ...more,
  });
  return { context, lines };
};
