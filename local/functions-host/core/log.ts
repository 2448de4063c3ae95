/**
 * Log lines of an app: from handlers, hooks and the library, past the app's own log hooks.
 * From: `context.log`, the library's system messages, the triggers. Next: the `log` of the host's starter.
 * The running invocation is carried by the asynchronous context, so that a line knows where it belongs.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { InvocationContext, LogLevel } from '@azure/functions';
import type { LogCategory } from './core-types.ts';
import { registrationUnderWay, type Hooks } from './registration.ts';

/** One line for a person, already with app and function in front. */
export type LogSink = (line: string, level: LogLevel) => void;

export type AppLog = (
  level: LogLevel,
  category: LogCategory,
  message: string,
  invocationContext?: InvocationContext,
  functionName?: string,
) => void;

type Running = { log: AppLog; functionName: string; context?: InvocationContext };

export const runningInvocation = new AsyncLocalStorage<Running>();

const severity: Record<LogLevel, number> = {
  trace: 0,
  debug: 1,
  information: 2,
  warning: 3,
  error: 4,
  critical: 5,
  none: 6,
};

export type AppLogOptions = {
  app: string;
  hooks: Hooks;
  sink: LogSink;
  /** The least level that is shown for this function, from host.json. */
  leastLevel: (functionName: string | undefined) => LogLevel;
};

export const createAppLog = ({ app, hooks, sink, leastLevel }: AppLogOptions): AppLog => {
  const hookData = {};
  return (level, category, message, invocationContext, functionName) => {
    let shown = { level, message };
    if (hooks.log.length > 0) {
      const told = { level, message, category, invocationContext, hookData };
      for (const hook of hooks.log) hook(told);
      shown = told;
    }
    if (severity[shown.level] < severity[leastLevel(functionName)] || shown.level === 'none') return;
    sink(`${functionName ? `${app}/${functionName}` : app} ${shown.level}: ${shown.message}`, shown.level);
  };
};

/** A line the library writes by itself: it belongs to the running invocation, or to who is registering. */
export const logFromLibrary = (level: LogLevel, category: LogCategory, message: string): void => {
  const running = runningInvocation.getStore();
  if (running) running.log(level, category, message, running.context, running.functionName);
  else registrationUnderWay()?.log(level, message);
};
