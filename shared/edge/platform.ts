/**
 * How a function reaches the platform: its kind, its name, what the platform should know of it, and its handler.
 * From: the wrapper of each kind of trigger beside this file. Next: `app` of `@azure/functions`; or whoever takes
 * functions instead, because the platform has been told of them (`functions/listed-app.ts`) or only a list is wanted.
 */
import {
  app,
  type CosmosDBv4FunctionOptions,
  type FunctionHandler,
  type HttpFunctionOptions,
  type ServiceBusQueueFunctionOptions,
  type ServiceBusTopicFunctionOptions,
  type TimerFunctionOptions,
} from '@azure/functions';

type OptionsOf = {
  http: HttpFunctionOptions;
  timer: TimerFunctionOptions;
  serviceBusQueue: ServiceBusQueueFunctionOptions;
  serviceBusTopic: ServiceBusTopicFunctionOptions;
  cosmosDB: CosmosDBv4FunctionOptions;
};

/** All the platform is told of a function, as plain values. */
export type DescribedFunction = {
  [Kind in keyof OptionsOf]: { kind: Kind; name: string; options: Omit<OptionsOf[Kind], 'handler'> };
}[keyof OptionsOf];

export type TakeFunction = (described: DescribedFunction, handler: FunctionHandler) => void;

export const toPlatform: TakeFunction = ({ kind, name, options }, handler) => {
  const register = app[kind] as (name: string, options: object) => void;
  register(name, { ...options, handler });
};
