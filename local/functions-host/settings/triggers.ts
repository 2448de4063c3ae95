/**
 * Which registrations this host takes: HTTP, timer, Service Bus, Cosmos DB change feed, and nothing beside.
 * From: what the library registered, with settings resolved. Next: the listener of each kind.
 * Every option is known by name; one that is not stops the start, so that nothing is silently ignored.
 */
import { z } from 'zod';
import type { Binding, RetryOptions } from '../core/core-types.ts';
import type { Registered } from '../core/registration.ts';
import { HostRefusal } from '../refusal.ts';
import { resolveBinding, type Settings } from './expressions.ts';

const common = {
  name: z.string(),
  direction: z.literal('in'),
  properties: z.unknown(),
  sdkBinding: z.literal(false, 'is not supported').optional(),
};
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const;

const httpTrigger = z.strictObject({
  ...common,
  type: z.literal('httpTrigger'),
  authLevel: z.literal(
    'anonymous',
    "must be 'anonymous': Dunwell checks access itself and has no function keys",
  ),
  methods: z.array(z.string().toUpperCase().pipe(z.enum(methods))).min(1),
  route: z.string().optional(),
});

const timerTrigger = z.strictObject({
  ...common,
  type: z.literal('timerTrigger'),
  schedule: z.string(),
  runOnStartup: z.boolean().default(false),
  useMonitor: z.boolean().optional(),
});

const serviceBusTrigger = z
  .strictObject({
    ...common,
    type: z.literal('serviceBusTrigger'),
    connection: z.string(),
    queueName: z.string().optional(),
    topicName: z.string().optional(),
    subscriptionName: z.string().optional(),
    isSessionsEnabled: z.boolean().default(false),
    cardinality: z.enum(['one', 'many']).default('one'),
    autoCompleteMessages: z.literal(true, 'must be true: a Node function cannot settle messages').optional(),
    dataType: z.enum(['string', 'binary']).default('string'),
  })
  .refine(
    (one) =>
      (one.queueName === undefined) !== (one.topicName === undefined || one.subscriptionName === undefined),
    { path: ['queueName'], message: 'or topicName with subscriptionName must be given' },
  )
  .refine((one) => !(one.isSessionsEnabled && one.cardinality === 'many'), {
    path: ['cardinality'],
    message: "'many' with sessions is not supported",
  });

const cosmosTrigger = z.strictObject({
  ...common,
  type: z.literal('cosmosDBTrigger'),
  connection: z.string(),
  databaseName: z.string(),
  containerName: z.string(),
  leaseDatabaseName: z.string().optional(),
  leaseContainerName: z.string().default('leases'),
  leaseContainerPrefix: z.string().default(''),
  createLeaseContainerIfNotExists: z
    .literal(false, 'must be false: an identity without control-plane rights cannot create containers')
    .optional(),
  startFromBeginning: z.boolean().default(false),
  maxItemsPerInvocation: z.int().min(1).default(100),
  feedPollDelay: z.int().min(0).default(5_000),
  leaseAcquireInterval: z.int().min(1).default(13_000),
  leaseExpirationInterval: z.int().min(1).default(60_000),
  leaseRenewInterval: z.int().min(1).default(17_000),
  changeFeedMode: z.literal('LatestVersion', 'is not supported').optional(),
});

export type HttpTrigger = z.output<typeof httpTrigger>;
export type TimerTrigger = z.output<typeof timerTrigger>;
export type ServiceBusTrigger = z.output<typeof serviceBusTrigger>;
export type CosmosTrigger = z.output<typeof cosmosTrigger>;
export type Trigger = HttpTrigger | TimerTrigger | ServiceBusTrigger | CosmosTrigger;

const schemas = { httpTrigger, timerTrigger, serviceBusTrigger, cosmosDBTrigger: cosmosTrigger };

/**
 * Checks one registration and resolves its settings.
 * @throws HostRefusal naming app, function, binding and what about it is not supported.
 */
export const readTrigger = (app: string, { metadata }: Registered, settings: Settings): Trigger => {
  const where = `${app}/${metadata.name}`;
  const bindings = Object.entries(metadata.bindings);
  for (const [name, binding] of bindings) refuseSideBinding(where, name, binding);
  const found = bindings.find(([, binding]) => /trigger$/i.test(binding.type));
  if (!found) throw new HostRefusal(`${where}: has no trigger`);
  const binding = found[1];
  const schema = schemas[binding.type as keyof typeof schemas];
  if (schema === undefined)
    throw new HostRefusal(`${where}: trigger '${binding.type}' (binding '${found[0]}') is not supported`);
  refuseRetry(where, binding.type, metadata.retryOptions);
  const parsed = schema.safeParse(resolveBinding(binding, settings, where));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new HostRefusal(`${where}: ${binding.type} ${issueText(issue)}`);
};

const issueText = (issue: z.core.$ZodIssue | undefined): string => {
  if (issue?.code === 'unrecognized_keys') return `option '${issue.keys.join(', ')}' is not supported`;
  return `${issue?.path.join('.')} ${issue?.message}`;
};

/** Only the trigger and the HTTP answer pass: what else a function reads or writes, its adapters do. */
const refuseSideBinding = (where: string, name: string, binding: Binding): void => {
  if (/trigger$/i.test(binding.type)) return;
  if (name === '$return' && binding.type === 'http') return;
  const side = binding.direction === 'out' ? 'output' : 'input';
  throw new HostRefusal(`${where}: ${side} binding '${name}' of type '${binding.type}' is not supported`);
};

const retryableTypes = new Set(['timerTrigger', 'cosmosDBTrigger']);

const refuseRetry = (where: string, type: string, retry: RetryOptions | undefined): void => {
  if (!retry) return;
  if (!retryableTypes.has(type))
    throw new HostRefusal(`${where}: retry is for timers and change feeds only; '${type}' has its own`);
  if (retry.retryStrategy !== 'fixedDelay' && retry.retryStrategy !== 'exponentialBackoff')
    throw new HostRefusal(`${where}: retry strategy '${String(retry.retryStrategy)}' is not known`);
  if (!Number.isInteger(retry.maxRetryCount) || retry.maxRetryCount < -1)
    throw new HostRefusal(`${where}: retry.maxRetryCount must be -1 or a whole number from 0`);
};
