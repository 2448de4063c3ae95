/**
 * Subscription filters of the topology.
 * From: `filter` of a subscription. Next: `core/topic.ts` asks for each message.
 */
import type { MessageView } from './state.ts';

export const parseFilter = (text: string | undefined, name: string): ((view: MessageView) => boolean) => {
  if (text === undefined) return () => true;
  throw new Error(`${name}: ${text}`);
};
