/**
 * Starts what listens for one app besides HTTP.
 * From: `start.ts`. Next: timers, Service Bus, change feeds.
 */
import type { Clock } from '../clock.ts';
import type { Activity } from './core/activity.ts';
import { listenToFeed } from './cosmos/listen.ts';
import type { Listener } from './listener.ts';
import { isOfType, type PlannedApp } from './plan.ts';
import { listenToServiceBus } from './service-bus/listen.ts';
import type { HostSettings } from './settings/host-json.ts';
import { listenToTimers } from './timers/listen.ts';

export type ListenerContext = {
  host: HostSettings;
  clock: Clock;
  stateDir: string | undefined;
  activity: Activity;
};

/** Adds each listener to `started` as soon as it listens, so that a failure can end those before it. */
export const startListeners = async (
  { hosted, functions }: PlannedApp,
  context: ListenerContext,
  started: Listener[],
): Promise<void> => {
  const messages = functions.filter(isOfType('serviceBusTrigger'));
  if (messages.length > 0)
    started.push(listenToServiceBus(messages, context.host.serviceBus, context.activity));
  for (const feed of functions.filter(isOfType('cosmosDBTrigger')))
    started.push(await listenToFeed(feed, context.clock));
  const timers = functions.filter(isOfType('timerTrigger'));
  if (timers.length > 0) started.push(listenToTimers(hosted.name, timers, context.clock, context.stateDir));
};
