/**
 * Moves the business clock of a local Azure over HTTP, asleep until all is quiet.
 * From: the demo, the walk. Next: `/admin/clock`.
 */

/** Much work may take longer to become quiet than one call waits. */
const mostCalls = 30;

/** To an instant, or by a duration such as `PT1S`. @throws when the clock refuses, or never comes to quiet. */
export const moveClock = async (admin: string, to: string): Promise<void> => {
  let wanted = to;
  for (let call = 1; ; call += 1) {
    const body = JSON.stringify({ to: wanted, asleep: true });
    const answer = await fetch(`${admin}/admin/clock`, { method: 'POST', body });
    if (answer.ok) return;
    const isThere = answer.status === 409 && call > 1; // the call before got there and not to quiet
    if ((answer.status !== 504 && !isThere) || call === mostCalls)
      throw new Error(`the clock answered ${answer.status}: ${await answer.text()}`);
    if (isThere) wanted = 'PT1S';
  }
};
