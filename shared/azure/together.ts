/**
 * Work on one document that many ask for at once: while it is being written, those who come wait, and are served together
 * by the next write.
 * From: stores with a document everybody changes. Next: one read and one write for all of them, and no conflict between them.
 */

type Waiting<Wish, Answer> = { wish: Wish; answer: (answer: Answer) => void; fail: (fault: unknown) => void };

/**
 * @param serve answers all wishes, in their order. What it throws, everybody served by it is told.
 * @returns one that is asked for each.
 */
export const together = <Wish extends readonly unknown[], Answer>(
  serve: (wishes: readonly Wish[]) => Promise<readonly Answer[]>,
): ((...wish: Wish) => Promise<Answer>) => {
  let waiting: Waiting<Wish, Answer>[] = [];
  let isServing = false;
  const serveAll = async (): Promise<void> => {
    isServing = true;
    while (waiting.length > 0) {
      const now = waiting;
      waiting = [];
      try {
        const answers = await serve(now.map(({ wish }) => wish));
        for (const [index, { answer }] of now.entries()) answer(answers[index]!);
      } catch (fault) {
        for (const { fail } of now) fail(fault);
      }
    }
    isServing = false;
  };
  return (...wish) =>
    new Promise((answer, fail) => {
      waiting.push({ wish, answer, fail });
      if (!isServing) void serveAll();
    });
};
