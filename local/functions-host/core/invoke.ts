/**
 * One run of a handler, in the order of the real worker: arguments, pre-invocation hooks, handler,
 * post-invocation hooks, response. All conversions are the library's own.
 * From: `execution.ts`. Next: the handler; the response goes back to the trigger.
 */
import { format } from 'node:util';
import type {
  CoreInvocation,
  FunctionCallback,
  InvocationRequest,
  InvocationResponse,
} from './core-types.ts';
import { libraryModel } from './core-module.ts';
import { runningInvocation, type AppLog } from './log.ts';
import type { Hooks, Registered } from './registration.ts';

export type HandlerOwner = {
  hooks: Hooks;
  log: AppLog;
  /** Shared by all hooks of the app as long as the host runs. */
  appHookData: Record<string, unknown>;
};

/** Runs the handler once. @throws what the handler, or a hook, threw and no hook took back. */
export const invoke = (
  owner: HandlerOwner,
  { metadata, callback }: Registered,
  request: InvocationRequest,
): Promise<InvocationResponse> => {
  const running = { log: owner.log, functionName: metadata.name };
  return runningInvocation.run(running, () => runSteps(owner, metadata, callback, request));
};

const runSteps = async (
  owner: HandlerOwner,
  metadata: Registered['metadata'],
  callback: FunctionCallback,
  request: InvocationRequest,
): Promise<InvocationResponse> => {
  const { hooks, log, appHookData } = owner;
  const invocation: CoreInvocation = {
    invocationId: request.invocationId,
    request,
    metadata,
    log: (level, category, message) =>
      log(level, category, message, runningInvocation.getStore()?.context, metadata.name),
  };
  const model = libraryModel().getInvocationModel(invocation);
  const { context, inputs } = await model.getArguments();
  const running = runningInvocation.getStore();
  if (running) running.context = context;

  const common = { hookData: {}, appHookData, invocationContext: context };
  const before = { ...common, inputs, functionCallback: callback };
  invocation.state = 'preInvocationHooks';
  for (const hook of hooks.preInvocation) await hook(before);

  const after: Record<string, unknown> = {
    ...common,
    inputs: before.inputs,
    result: undefined,
    error: undefined,
  };
  invocation.state = 'invocation';
  try {
    after.result = await model.invokeFunction(context, before.inputs, before.functionCallback);
  } catch (error) {
    after.error = error ?? new Error(`the handler threw ${String(error)}`);
  }
  invocation.state = 'postInvocationHooks';
  for (const hook of hooks.postInvocation) await hook(after);
  if (after.error instanceof Error) throw after.error;
  if (after.error) throw new Error(format(after.error)); // something else was thrown
  return model.getResponse(context, after.result);
};
