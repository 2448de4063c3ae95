/**
 * How far the walk is, for the person who waits.
 * From: the walk's steps. Next: standard error, where it is a terminal; elsewhere nothing is drawn.
 */
export type Progress = {
  /** `done` of `all` steps; `what` says what is under way. */
  at(done: number, all: number, what: string): void;
  end(): void;
};

const width = 32;

export const progressOn = (out: NodeJS.WriteStream): Progress => {
  const isShown = out.isTTY === true;
  let drawn = '';
  return {
    at: (done, all, what) => {
      const line = lineOf(done, all, what);
      if (!isShown || line === drawn) return;
      drawn = line;
      out.write(`\r\u001b[2K${line}`);
    },
    end: () => {
      if (isShown && drawn !== '') out.write('\r\u001b[2K');
      drawn = '';
    },
  };
};

const lineOf = (done: number, all: number, what: string): string => {
  const share = all === 0 ? 1 : Math.min(done / all, 1);
  const filled = Math.round(share * width);
  return `${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${String(Math.floor(share * 100)).padStart(3)} %  ${what}`;
};
