/**
 * Failures of links that the Service Bus client closes by itself and never waits for: told, and nothing ends by them.
 * From: rejections nobody handles. Next: the log of the host; any other rejection ends the process as ever.
 */

/** An AMQP error as the client hands it on: a condition such as `amqp:link:detach-forced`. */
export const conditionOf = (reason: unknown): string | undefined => {
  const { condition } = (typeof reason === 'object' && reason !== null ? reason : {}) as {
    condition?: unknown;
  };
  return typeof condition === 'string' && /^(amqp|com\.microsoft):/.test(condition) ? condition : undefined;
};

let isHeard = false;

/** Once a process. @throws out of the process what is no failure of a link. */
export const hearLinks = (warn: (line: string) => void): void => {
  if (isHeard) return;
  isHeard = true;
  process.on('unhandledRejection', (reason) => {
    const condition = conditionOf(reason);
    if (condition === undefined) throw reason;
    warn(`a link that was being closed failed: ${condition}`);
  });
};
