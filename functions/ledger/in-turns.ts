/**
 * Works through a list, so many at once.
 * From: workflows with many independent pieces. Next: the answers, in the order of the list.
 */

/** @throws the first fault, after all that was begun has ended, so that nothing goes on behind its back. */
export const inTurns = async <One, Answer>(
  list: readonly One[],
  atOnce: number,
  work: (one: One) => Promise<Answer>,
): Promise<Answer[]> => {
  const answers: Answer[] = [];
  let next = 0;
  let hasFailed = false;
  const turn = async (): Promise<void> => {
    while (next < list.length && !hasFailed) {
      const index = next;
      next += 1;
      try {
        answers[index] = await work(list[index]!);
      } catch (fault) {
        hasFailed = true;
        throw fault;
      }
    }
  };
  const turns = await Promise.allSettled(Array.from({ length: Math.min(atOnce, list.length) }, turn));
  const failed = turns.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
  return answers;
};
