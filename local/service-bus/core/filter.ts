/**
 * Subscription filters of the topology: a SQL condition, or a correlation filter written as a JSON object.
 * From: `filter` of a subscription. Next: `core/topic.ts` asks for each message; only a plain yes lets it through.
 */
import { parseSql } from './filter-parse.ts';
import { valueOf } from './filter-values.ts';
import type { MessageView } from './state.ts';

export type Filter = (view: MessageView) => boolean;

/** @throws Error naming the subscription when its filter cannot be read. */
export const parseFilter = (text: string | undefined, subscription: string): Filter => {
  if (text === undefined) return () => true;
  try {
    if (text.trimStart().startsWith('{')) return correlation(JSON.parse(text) as Record<string, unknown>);
    const expression = parseSql(text);
    return (view) => expression(view) === true;
  } catch (error) {
    throw new Error(`filter of ${subscription}: ${(error as Error).message}`, { cause: error });
  }
};

/** Every named property equals. System properties by the SDK's names, others under `applicationProperties`. */
const correlation = ({ applicationProperties = {}, ...system }: Record<string, unknown>): Filter => {
  const known = new Set(systemNames);
  for (const name of Object.keys(system))
    if (!known.has(name.toLowerCase())) throw new Error(`${name} is no property of a correlation filter`);
  const wanted = Object.entries(system).map(([name, value]) => [name.toLowerCase(), value] as const);
  const own = Object.entries(applicationProperties as Record<string, unknown>);
  if (wanted.length + own.length === 0) throw new Error('a correlation filter names at least one property');
  return (view) =>
    wanted.every(([name, value]) => view.system[name] === value) &&
    own.every(([name, value]) => valueOf(view.application[name]) === value);
};

/** As filters spell them, in lower case. */
export const systemNames = [
  'messageid',
  'sessionid',
  'label',
  'subject',
  'to',
  'replyto',
  'correlationid',
  'contenttype',
  'replytosessionid',
];
