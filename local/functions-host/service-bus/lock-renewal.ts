/**
 * Keeps the lock of a message while its handler runs.
 * From: `plain.ts`. Next: the broker. The receiver's own renewal would go on after the handler has ended
 * without settling; the platform's ends with the handler, so that a lost message comes back.
 */
import type { ServiceBusReceivedMessage, ServiceBusReceiver } from '@azure/service-bus';

const leastPauseMs = 100;

/** Renews at half of what is left, for `atMostMs` at the longest. Call the answer when the handler has ended. */
export const keepLocked = (
  receiver: ServiceBusReceiver,
  message: ServiceBusReceivedMessage,
  atMostMs: number,
  warn: (message: string) => void,
): (() => void) => {
  const endsAtMs = Date.now() + atMostMs;
  let timer: NodeJS.Timeout | undefined;
  let isEnded = false;

  const renew = async () => {
    try {
      await receiver.renewMessageLock(message); // it notes the new end in `lockedUntilUtc`
      arm();
    } catch (error) {
      if (!isEnded) warn(`a message lock could not be renewed: ${String(error)}`);
    }
  };
  const arm = () => {
    const leftMs = (message.lockedUntilUtc?.getTime() ?? 0) - Date.now();
    const pauseMs = Math.max(leftMs / 2, leastPauseMs);
    if (!isEnded && Date.now() + pauseMs < endsAtMs) timer = setTimeout(() => void renew(), pauseMs);
  };

  arm();
  return () => {
    isEnded = true;
    clearTimeout(timer);
  };
};
